package io.mealexpense.query.versions;

import static io.mealexpense.edge.security.Role.ADMIN;
import static io.mealexpense.edge.security.Role.AUDITOR;
import static io.mealexpense.edge.security.Role.MEMBER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mealexpense.events.ProjectionRebuildRequested;
import io.mealexpense.postgres.Role;
import io.mealexpense.query.web.QueryServiceTest;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * For random histories and random moments, every answer about the past equals a fold of the log's beginning that shares
 * nothing with the product; and no answer about the past ever changes, whoever appends or rebuilds meanwhile.
 */
class AsOfFoldTest extends QueryServiceTest {

    private static final int EVENTS = 240;
    private static final int MOMENTS = 14;
    /** Each has a year of its own, for those who read everybody's. */
    private static final AtomicInteger YEARS = new AtomicInteger(1990);

    private final int year = YEARS.getAndIncrement();
    private final LocalDate first = LocalDate.of(year, 1, 20);
    private final List<UUID> owners = Stream.generate(UUID::randomUUID).limit(3).toList();
    private final List<UUID> restaurants =
            Stream.generate(UUID::randomUUID).limit(2).toList();
    private final String auditor = tokenOf(UUID.randomUUID(), AUDITOR);
    private final String admin = tokenOf(UUID.randomUUID(), ADMIN);
    private final Map<String, String> answered = new LinkedHashMap<>();
    private Random random = new Random();
    private String seed = "";

    private static void append(RandomWriter writer, int events) {
        for (var i = 0; i < events; i++) {
            LOG.append(writer.next());
        }
    }

    /** Some at once, and some while the clock stands still. */
    private void write(List<RandomWriter> writers, int events) throws InterruptedException {
        var threads = writers.stream()
                .map(writer -> Thread.ofVirtual().start(() -> append(writer, events)))
                .toList();
        for (var thread : threads) {
            thread.join();
        }
    }

    @RepeatedTest(2)
    void every_answer_about_the_past_equals_a_fold_of_the_log_and_never_changes(RepetitionInfo repetition)
            throws Exception {
        var number = Long.getLong("seed", System.nanoTime() + repetition.getCurrentRepetition());
        seed = "seed " + number;
        System.out.println("AsOfFoldTest: repeat with -Dseed=" + number);
        random = new Random(number);
        var writers = owners.stream()
                .map(owner -> new RandomWriter(owner, restaurants, first, random.nextLong()))
                .toList();
        write(writers, EVENTS / 6);
        LOG.recordsAgo(Duration.ofHours(1));
        write(writers, EVENTS / 12);
        LOG.recordsAgo(Duration.ZERO);
        write(writers, EVENTS / 12);

        var log = new FoldedLog(DATABASE, owners.stream().map(UUID::toString).collect(Collectors.toSet()));
        var moments = moments(log);
        awaitVersions(moments.getLast());
        for (var moment : moments) {
            checkAll(log, moment);
        }
        for (var i = 0; i < MOMENTS; i++) {
            checkChanges(log, any(moments), any(moments));
        }
        for (var i = 0; i < 4; i++) {
            checkSteps(log);
        }
        requireSameAnswersWhileOthersWork(writers);
    }

    private void requireSameAnswersWhileOthersWork(List<RandomWriter> writers) throws InterruptedException {
        var stop = new AtomicBoolean();
        var busy = Thread.ofVirtual().start(() -> {
            while (!stop.get()) {
                writers.forEach(writer -> append(writer, 1));
            }
        });
        try {
            var rebuild = UUID.randomUUID();
            LOG.append(new ProjectionRebuildRequested(
                    rebuild, List.of(ExpenseVersionsProjection.GROUP), "To see that the past stays"));
            requireSameAnswers("beside appends");
            requireRecentAnswersToStay();
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> get("/api/v1/rebuilds/" + rebuild, admin)
                            .json()
                            .path("state")
                            .asString("")
                            .equals("swapped"));
        } finally {
            stop.set(true);
            busy.join();
        }
        requireSameAnswers("after a rebuild");
    }

    private void requireSameAnswers(String when) {
        answered.forEach((request, before) -> {
            var parts = request.split(" ", 2);
            assertThat(get(parts[1], parts[0]).body())
                    .as("%s, %s, %s", when, parts[1], seed)
                    .isEqualTo(before);
        });
    }

    /** Moments so recent that appends are under way. */
    private void requireRecentAnswersToStay() {
        for (var i = 0; i < 20; i++) {
            var path = "/api/v1/expenses?limit=200&asOf=" + clock();
            await().until(() -> get(path, auditor).status() == 200);
            var first = get(path, auditor).body();
            assertThat(get(path, auditor).body()).as("%s, %s", path, seed).isEqualTo(first);
            answered.put(auditor + " " + path, first);
        }
    }

    private static Instant clock() {
        try (var connection = DATABASE.connect(Role.QUERY);
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT clock_timestamp()")) {
            row.next();
            return row.getObject(1, OffsetDateTime.class).toInstant();
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private List<Instant> moments(FoldedLog log) {
        var moments = new ArrayList<Instant>();
        var entries = log.entries();
        moments.add(entries.getFirst().at().minus(1, ChronoUnit.MICROS));
        for (var i = 0; i < MOMENTS - 3; i++) {
            var at = any(entries).at();
            moments.add(random.nextBoolean() ? at : at.plus(random.nextInt(2_000) - 1_000, ChronoUnit.MICROS));
        }
        moments.add(entries.getLast().at());
        moments.add(clock());
        moments.sort(Comparator.naturalOrder());
        return moments;
    }

    private <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private void awaitVersions(Instant moment) {
        await().atMost(Duration.ofMinutes(1))
                .until(() -> get("/api/v1/categories?asOf=" + moment, auditor).status() == 200);
    }

    /** Asks, and remembers the answer. */
    private JsonNode ask(String path, String token) {
        var answer = get(path, token);
        assertThat(answer.status()).as("%s: %s, %s", path, answer.body(), seed).isEqualTo(200);
        answered.put(token + " " + path, answer.body());
        return answer.json();
    }

    /** Whose data is asked for, by whom. */
    private record Reader(String token, String parameter, Predicate<ObjectNode> sees) {}

    /** A member, an auditor of one of them, or an auditor of everybody in the days of this test. */
    private Reader reader() {
        var owner = any(owners);
        Predicate<ObjectNode> ofOwner =
                expense -> FoldedLog.text(expense, "ownerId").equals(owner.toString());
        return switch (random.nextInt(3)) {
            case 0 -> new Reader(tokenOf(owner, MEMBER), "", ofOwner);
            case 1 -> new Reader(auditor, "&ownerId=" + owner, ofOwner);
            default -> new Reader(auditor, "", expense -> true);
        };
    }

    private LocalDate someDay() {
        return first.plusDays(random.nextInt(RandomWriter.DAYS));
    }

    /** Days of this test, from the first to the last or some of them. */
    private record Days(LocalDate from, LocalDate to) {

        boolean contain(JsonNode expense) {
            var day = FoldedLog.day(expense);
            return !day.isBefore(from) && !day.isAfter(to);
        }

        String parameters() {
            return "from=%s&to=%s".formatted(from, to);
        }
    }

    private Days days() {
        return switch (random.nextInt(3)) {
            case 0 -> new Days(LocalDate.of(year, 1, 1), LocalDate.of(year, 12, 31));
            case 1 -> new Days(LocalDate.of(year, 2, 1), YearMonth.of(year, 2).atEndOfMonth());
            default -> {
                var one = someDay();
                var other = someDay();
                yield one.isBefore(other) ? new Days(one, other) : new Days(other, one);
            }
        };
    }

    private void checkAll(FoldedLog log, Instant moment) {
        var state = log.at(moment);
        var asOf = "&asOf=" + moment;
        for (var i = 0; i < 4; i++) {
            checkList(state, asOf);
        }
        checkItem(log.at(it -> true).expenses.keySet(), state, asOf);
        checkMonthly(state, asOf);
        checkCategoryReport(state, asOf);
        checkSpending(state, asOf);
        checkCategories(state, asOf);
        checkExport(state, asOf);
    }

    /** A filter as parameters and as what it means. */
    private final class Filter {

        final StringBuilder parameters = new StringBuilder();
        Predicate<ObjectNode> accepts = expense -> true;

        void and(String parameter, Predicate<ObjectNode> condition) {
            parameters.append('&').append(parameter);
            accepts = accepts.and(condition);
        }

        void maybe(int chance, String parameter, Predicate<ObjectNode> condition) {
            if (random.nextInt(chance) == 0) {
                and(parameter, condition);
            }
        }
    }

    private Filter filter(FoldedLog.State state, Reader reader) {
        var filter = new Filter();
        var days = days();
        filter.and(days.parameters(), days::contain);
        filter.accepts = filter.accepts.and(reader.sees());
        var meal = any(RandomWriter.MEALS);
        filter.maybe(3, "mealType=" + meal, it -> FoldedLog.text(it, "mealType").equals(meal));
        var order = any(RandomWriter.ORDERS);
        filter.maybe(
                6, "orderType=" + order, it -> FoldedLog.text(it, "orderType").equals(order));
        var tag = any(RandomWriter.TAGS.subList(0, 2));
        filter.maybe(
                6,
                "tag=" + tag,
                it -> it.get("tags").values().stream()
                        .anyMatch(name -> name.asString().equals(tag)));
        var restaurant = any(restaurants).toString();
        filter.maybe(
                6,
                "restaurantId=" + restaurant,
                it -> FoldedLog.text(it, "restaurantId").equals(restaurant));
        filter.maybe(6, "q=harbour", it -> FoldedLog.text(it, "place").contains("Harbour"));
        filter.maybe(6, "minAmount=20", it -> FoldedLog.amount(it).compareTo(new BigDecimal(20)) >= 0);
        filter.maybe(6, "maxAmount=50", it -> FoldedLog.amount(it).compareTo(new BigDecimal(50)) <= 0);
        if (random.nextInt(6) == 0) {
            filter.and("categoryId=none", it -> !it.has("categoryId"));
        } else if (!state.categories.isEmpty()) {
            var category = any(state.categories.keySet().stream().sorted().toList());
            filter.maybe(
                    8,
                    "categoryId=" + category,
                    it -> FoldedLog.text(it, "categoryId").equals(category));
        }
        return filter;
    }

    private void checkList(FoldedLog.State state, String asOf) {
        var reader = reader();
        var filter = filter(state, reader);
        var currency = any(RandomWriter.CURRENCIES);
        var sort = any(List.of("-spentOn", "spentOn", "amount", "-amount", "place"));
        if (sort.endsWith("amount") || random.nextInt(4) == 0) {
            filter.and(
                    "currency=" + currency, it -> FoldedLog.text(it, "currency").equals(currency));
        }
        var bin = random.nextInt(4) == 0;
        var expected = state.expenses.values().stream()
                .filter(expense -> expense.has("deletedAt") == bin)
                .filter(filter.accepts)
                .sorted(order(sort))
                .toList();
        var path = "/api/v1/expenses?sort=%s&limit=%d%s%s%s%s"
                .formatted(
                        sort,
                        1 + random.nextInt(30),
                        bin ? "&state=deleted" : "",
                        filter.parameters,
                        reader.parameter(),
                        asOf);
        var items = new ArrayList<JsonNode>();
        for (var cursor = ""; ; ) {
            var page = ask(path + cursor, reader.token());
            page.get("items").forEach(items::add);
            assertThat(totals(page.get("totals"))).as("%s, %s", path, seed).isEqualTo(FoldedLog.totals(expected));
            if (!page.has("nextCursor")) {
                break;
            }
            cursor = "&cursor=" + page.get("nextCursor").asString();
        }
        assertThat(texts(items)).as("%s, %s", path, seed).isEqualTo(texts(expected));
    }

    private static Comparator<ObjectNode> order(String sort) {
        var order = switch (sort.replace("-", "")) {
            case "spentOn" -> Comparator.<ObjectNode, LocalDate>comparing(FoldedLog::day);
            case "amount" -> Comparator.<ObjectNode, BigDecimal>comparing(FoldedLog::amount);
            default ->
                Comparator.<ObjectNode, Boolean>comparing(it -> !it.has("place"))
                        .thenComparing(it -> FoldedLog.text(it, "place").toLowerCase(Locale.ROOT));
        };
        var whole = order.thenComparing(FoldedLog.byId());
        return sort.startsWith("-") ? whole.reversed() : whole;
    }

    /** The same text for the same content, whatever the order of members. */
    private static List<String> texts(List<? extends JsonNode> nodes) {
        return nodes.stream().map(AsOfFoldTest::text).toList();
    }

    private static String text(JsonNode node) {
        if (!node.isObject()) {
            return String.valueOf(node);
        }
        var members = new TreeMap<String, String>();
        node.properties().forEach(member -> members.put(member.getKey(), text(member.getValue())));
        return members.toString();
    }

    private static List<String> totals(JsonNode totals) {
        return totals.values().stream()
                .map(total -> "%s %s in %s"
                        .formatted(
                                total.get("currency").asString(),
                                total.get("amount").asString(),
                                total.get("count")))
                .toList();
    }

    /** One that there ever was; it may not have been recorded by then. */
    private void checkItem(Set<String> ever, FoldedLog.State state, String asOf) {
        var id = any(ever.stream().sorted().toList());
        var expected = state.expenses.get(id);
        var path = "/api/v1/expenses/%s?%s".formatted(id, asOf.substring(1));
        var answer = get(path, auditor);
        if (expected == null) {
            assertThat(answer.problem()).as("%s, %s", path, seed).isEqualTo("404 not-found");
        } else {
            assertThat(answer.header("ETag"))
                    .as("%s, %s", path, seed)
                    .isEqualTo("\"%s\"".formatted(expected.get("version")));
            if (expected.has("deletedAt")) {
                assertThat(answer.problem()).as("%s, %s", path, seed).isEqualTo("410 gone");
            } else {
                var expense = (ObjectNode) ask(path, auditor);
                expense.remove("asOf");
                assertThat(text(expense)).as("%s, %s", path, seed).isEqualTo(text(expected));
            }
        }
    }

    private void checkMonthly(FoldedLog.State state, String asOf) {
        var reader = reader();
        var months = any(List.of("from=Y-01&to=Y-12", "from=Y-02&to=Y-02", "from=Y-02&to=Y-03"))
                .replace("Y", String.valueOf(year));
        var begin = months.substring(5, 12);
        var last = months.substring(16);
        var expected = FoldedLog.totalsBy(
                state.alive(reader.sees().and(it -> {
                    var month = FoldedLog.text(it, "spentOn").substring(0, 7);
                    return month.compareTo(begin) >= 0 && month.compareTo(last) <= 0;
                })),
                it -> FoldedLog.text(it, "spentOn").substring(0, 7));
        var path = "/api/v1/reports/monthly?" + months + reader.parameter() + asOf;
        var actual = new TreeMap<String, List<String>>();
        ask(path, reader.token())
                .get("months")
                .forEach(month -> actual.put(month.get("month").asString(), totals(month.get("totals"))));
        assertThat(actual).as("%s, %s", path, seed).isEqualTo(expected);
    }

    private void checkCategoryReport(FoldedLog.State state, String asOf) {
        var reader = reader();
        var days = days();
        var expected = FoldedLog.totalsBy(state.alive(reader.sees().and(days::contain)), it -> {
            var id = FoldedLog.text(it, "categoryId");
            var look = state.categories.get(id);
            return look == null
                    ? id
                    : "%s %s %s %s"
                            .formatted(
                                    id,
                                    FoldedLog.text(look, "name"),
                                    FoldedLog.text(look, "colour"),
                                    FoldedLog.text(look, "icon"));
        });
        var path = "/api/v1/reports/categories?" + days.parameters() + reader.parameter() + asOf;
        var actual = new TreeMap<String, List<String>>();
        ask(path, reader.token())
                .get("categories")
                .forEach(row -> actual.put(
                        Stream.of("categoryId", "name", "colour", "icon")
                                .map(name -> FoldedLog.text(row, name))
                                .collect(Collectors.joining(" "))
                                .strip(),
                        totals(row.get("totals"))));
        assertThat(actual).as("%s, %s", path, seed).isEqualTo(expected);
    }

    private void checkSpending(FoldedLog.State state, String asOf) {
        var reader = reader();
        var days = days();
        var expected = FoldedLog.totalsBy(
                state.alive(reader.sees().and(days::contain)),
                it -> "%s %s %s"
                        .formatted(
                                FoldedLog.text(it, "spentOn").substring(0, 7),
                                FoldedLog.text(it, "categoryId"),
                                FoldedLog.text(it, "mealType")));
        var path = "/api/v1/reports/spending?groupBy=month,category,mealType&" + days.parameters() + reader.parameter()
                + asOf;
        var actual = new TreeMap<String, List<String>>();
        ask(path, reader.token())
                .get("rows")
                .forEach(row -> actual.put(
                        Stream.of("month", "category", "mealType")
                                .map(name -> FoldedLog.text(row.get("key"), name))
                                .collect(Collectors.joining(" ")),
                        totals(row.get("totals"))));
        assertThat(actual).as("%s, %s", path, seed).isEqualTo(expected);
    }

    private void checkCategories(FoldedLog.State state, String asOf) {
        var owner = any(owners);
        var wanted = any(List.of("active", "archived", "all"));
        var expected = state.categories.values().stream()
                .filter(it -> FoldedLog.text(it, "ownerId").equals(owner.toString()))
                .filter(it -> wanted.equals("all") || it.get("archived").asBoolean() == wanted.equals("archived"))
                .sorted(Comparator.<ObjectNode, String>comparing(it -> FoldedLog.text(it, "name"))
                        .thenComparing(FoldedLog.byId()))
                .toList();
        var path = "/api/v1/categories?state=" + wanted + asOf;
        var items = new ArrayList<JsonNode>();
        ask(path, tokenOf(owner, MEMBER)).get("items").forEach(items::add);
        assertThat(texts(items)).as("%s, %s", path, seed).isEqualTo(texts(expected));
    }

    private void checkExport(FoldedLog.State state, String asOf) {
        var reader = reader();
        var days = days();
        var expected = state.alive(reader.sees().and(days::contain)).stream()
                .sorted(order("spentOn"))
                .map(it -> FoldedLog.text(state.categories.getOrDefault(FoldedLog.text(it, "categoryId"), it), "name")
                        + " " + FoldedLog.text(it, "id"))
                .toList();
        var path = "/api/v1/expenses/export?sort=spentOn&" + days.parameters() + reader.parameter() + asOf;
        var answer = get(path, reader.token());
        assertThat(answer.status()).as("%s, %s", path, seed).isEqualTo(200);
        var actual = answer.body()
                .lines()
                .skip(1)
                .map(line -> line.replaceFirst("^(?:[^,]*,){10}([^,]*),.*,([^,]*)$", "$1 $2"))
                .toList();
        assertThat(actual).as("%s, %s", path, seed).isEqualTo(expected);
        answered.put(reader.token() + " " + path, answer.body());
    }

    private static String contentOf(ObjectNode expense) {
        var content = expense.deepCopy();
        content.remove(List.of("version", "amendedAt", "deletedAt"));
        return text(content);
    }

    private static ObjectNode alive(FoldedLog.State state, String id) {
        var expense = state.expenses.get(id);
        return expense == null || expense.has("deletedAt") ? null : expense;
    }

    private void checkChanges(FoldedLog log, Instant one, Instant other) {
        var since = one.isBefore(other) ? one : other;
        var until = one.isBefore(other) ? other : one;
        var reader = reader();
        var days = days();
        var before = log.at(since);
        var after = log.at(until);
        var expected = new TreeMap<Long, String>(Comparator.reverseOrder());
        for (var id : after.expenses.keySet()) {
            var was = alive(before, id);
            var is = alive(after, id);
            var wasIn = was != null && days.contain(was) && reader.sees().test(was);
            var isIn = is != null && days.contain(is) && reader.sees().test(is);
            var same = was == null ? is == null : is != null && contentOf(was).equals(contentOf(is));
            if (!same && (wasIn || isIn)) {
                var last = log.entries().stream()
                        .filter(entry ->
                                entry.aggregate().equals(id) && !entry.at().isAfter(until))
                        .max(Comparator.comparing(FoldedLog.Entry::position))
                        .orElseThrow();
                expected.put(
                        last.position(),
                        String.join(
                                "|",
                                id,
                                wasIn && isIn ? "changed" : isIn ? "added" : "removed",
                                was == null ? "null" : text(was),
                                is == null ? "null" : text(is),
                                last.at().toString(),
                                last.actor(),
                                String.valueOf(last.reason())));
            }
        }
        var path = "/api/v1/expenses/changes?since=%s&until=%s&limit=%d&%s%s"
                .formatted(since, until, 1 + random.nextInt(40), days.parameters(), reader.parameter());
        var actual = new TreeMap<Long, String>(Comparator.reverseOrder());
        for (var cursor = ""; ; ) {
            var page = ask(path + cursor, reader.token());
            for (var item : page.get("items")) {
                var position = item.get("position").asLong();
                assertThat(actual.isEmpty() || actual.lastKey() > position)
                        .as("newest first, %s", seed)
                        .isTrue();
                actual.put(
                        position,
                        String.join(
                                "|",
                                item.get("id").asString(),
                                item.get("kind").asString(),
                                text(item.get("before")),
                                text(item.get("after")),
                                item.get("at").asString(),
                                item.get("actorId").asString(),
                                item.hasNonNull("reason") ? item.get("reason").asString() : "null"));
            }
            assertThat(periodTotals(page.get("totals")))
                    .as("%s, %s", path, seed)
                    .isEqualTo(periodTotals(
                            before.alive(days::contain).stream()
                                    .filter(reader.sees())
                                    .toList(),
                            after.alive(days::contain).stream()
                                    .filter(reader.sees())
                                    .toList()));
            if (!page.has("nextCursor")) {
                break;
            }
            cursor = "&cursor=" + page.get("nextCursor").asString();
        }
        assertThat(actual).as("%s, %s", path, seed).isEqualTo(expected);
    }

    private static List<String> periodTotals(JsonNode totals) {
        return totals.values().stream()
                .map(total -> "%s %s in %s, %s in %s"
                        .formatted(
                                total.get("currency").asString(),
                                total.get("before").get("amount").asString(),
                                total.get("before").get("count"),
                                total.get("after").get("amount").asString(),
                                total.get("after").get("count")))
                .toList();
    }

    private static List<String> periodTotals(List<ObjectNode> before, List<ObjectNode> after) {
        var currencies = new TreeSet<String>();
        Stream.concat(before.stream(), after.stream()).forEach(it -> currencies.add(FoldedLog.text(it, "currency")));
        return currencies.stream()
                .map(currency -> currency + " " + sum(before, currency) + ", " + sum(after, currency))
                .toList();
    }

    private static String sum(List<ObjectNode> expenses, String currency) {
        var of = expenses.stream()
                .filter(it -> FoldedLog.text(it, "currency").equals(currency))
                .toList();
        return FoldedLog.money(of.stream().map(FoldedLog::amount).reduce(BigDecimal.ZERO, BigDecimal::add), currency)
                + " in " + of.size();
    }

    private void checkSteps(FoldedLog log) {
        var reader = reader();
        var days = days();
        var month = YearMonth.from(days.from());
        var whole = days.equals(new Days(month.atDay(1), month.atEndOfMonth()));
        var expected = new ArrayList<String>();
        var state = log.at(entry -> false);
        for (var entry : log.entries()) {
            var before = alive(state, entry.aggregate());
            state = log.at(entry.position());
            var after = alive(state, entry.aggregate());
            if (Stream.of(before, after)
                    .anyMatch(it ->
                            it != null && days.contain(it) && reader.sees().test(it))) {
                expected.add(String.join(
                        "|",
                        String.valueOf(entry.position()),
                        entry.at().toString(),
                        entry.name(),
                        entry.actor(),
                        String.valueOf(entry.reason()),
                        entry.aggregate(),
                        before == null ? "null" : text(before),
                        after == null ? "null" : text(after),
                        FoldedLog.totals(state.alive(reader.sees().and(days::contain)))
                                .toString()));
            }
        }
        var path = "/api/v1/expenses/steps?limit=%d&%s%s"
                .formatted(1 + random.nextInt(60), whole ? "month=" + month : days.parameters(), reader.parameter());
        var actual = new ArrayList<String>();
        for (var cursor = ""; ; ) {
            var answer = get(path + cursor, reader.token());
            assertThat(answer.status())
                    .as("%s: %s, %s", path, answer.body(), seed)
                    .isEqualTo(200);
            var page = answer.json();
            assertThat(page.get("total").asInt()).as("%s, %s", path, seed).isEqualTo(expected.size());
            for (var item : page.get("items")) {
                actual.add(String.join(
                        "|",
                        item.get("position").toString(),
                        item.get("at").asString(),
                        item.get("event").asString(),
                        item.get("actorId").asString(),
                        item.hasNonNull("reason") ? item.get("reason").asString() : "null",
                        item.get("expenseId").asString(),
                        text(item.get("before")),
                        text(item.get("after")),
                        totals(item.get("totals")).toString()));
            }
            if (!page.has("nextCursor")) {
                break;
            }
            cursor = "&cursor=" + page.get("nextCursor").asString();
        }
        assertThat(actual).as("%s, %s", path, seed).isEqualTo(expected);
    }
}
