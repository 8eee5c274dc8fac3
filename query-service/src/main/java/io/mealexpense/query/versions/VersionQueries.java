package io.mealexpense.query.versions;

import io.mealexpense.events.EventMetadata;
import io.mealexpense.query.expense.ExpenseItem;
import io.mealexpense.query.expense.ExpenseRow;
import io.mealexpense.query.expense.Period;
import io.mealexpense.query.readmodel.AsOf;
import io.mealexpense.query.readmodel.AtLeast;
import io.mealexpense.query.readmodel.ConsistentReads;
import io.mealexpense.query.readmodel.Past;
import io.mealexpense.query.readmodel.Table;
import io.mealexpense.query.readmodel.Total;
import io.mealexpense.query.readmodel.VersionTable;
import io.mealexpense.query.web.Cursor;
import io.mealexpense.query.web.Owners;
import io.mealexpense.query.web.PastInstant;
import io.mealexpense.query.web.Where;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads of versions and of what lies between them. */
@Component
class VersionQueries {

    private static final Pattern POSITION = Pattern.compile("0|[1-9][0-9]{0,17}");

    /** What a row says of its aggregate, or follows from what people write. */
    private static final Set<String> NOT_WRITTEN = Set.of(
            "expense_id",
            "owner_id",
            "sequence",
            "deleted",
            "recorded_at",
            "amended_at",
            "deleted_at",
            "place_key",
            "search_text");

    /** What of an expense can be told to differ: what people write about it. */
    private static final List<String> CONTENT = Table.columnsOf(ExpenseRow.class).stream()
            .filter(column -> !NOT_WRITTEN.contains(column))
            .toList();

    private final JdbcClient jdbc;
    private final ConsistentReads reads;
    private final Past past;
    private final LogClock clock;
    private final RowMapper<ExpenseRow> before;
    private final RowMapper<ExpenseRow> after;

    VersionQueries(@Qualifier("queryJdbcClient") JdbcClient jdbc, ConsistentReads reads, Past past, LogClock clock) {
        this.jdbc = jdbc;
        this.reads = reads;
        this.past = past;
        this.clock = clock;
        var table = new Table<>(jdbc, "expense_version", ExpenseRow.class);
        this.before = table.mapper("before");
        this.after = table.mapper("after");
    }

    private static Where in(Period period, Owners owners) {
        return new Where()
                .owners(owners)
                .and("NOT deleted")
                .and("spent_on >= :from", "from", period.from())
                .and("spent_on <= :to", "to", period.to());
    }

    /** The state that an event found, absent if there was none or it lay in the bin. */
    private @Nullable ExpenseRow before(ResultSet row) throws SQLException {
        return row.getString("before") == null ? null : alive(before.mapRow(row, 0));
    }

    private static @Nullable ExpenseRow alive(@Nullable ExpenseRow row) {
        return row == null || row.deleted() ? null : row;
    }

    private static @Nullable ExpenseItem item(@Nullable ExpenseRow row) {
        return row == null ? null : ExpenseItem.of(row);
    }

    private static String actorOf(ResultSet row) throws SQLException {
        return Objects.requireNonNullElse(row.getString("actor_id"), EventMetadata.SYSTEM);
    }

    private static Instant atOf(ResultSet row) throws SQLException {
        return row.getObject("at", OffsetDateTime.class).toInstant();
    }

    private static boolean isIn(Period period, @Nullable ExpenseRow row) {
        return row != null && period.contains(row.spentOn());
    }

    ExpenseChanges changes(Owners owners, ChangeParameters parameters) {
        var period = parameters.period();
        var since = Objects.requireNonNull(parameters.since()).instant();
        var asked = Optional.ofNullable(parameters.until()).map(PastInstant::instant);
        var list = "changes %s %s %s %s".formatted(owners, period, since, asked);
        var keys = Cursor.keys(parameters.cursor(), list, 2);
        var begin = past.at(since, "since");
        var end = past.at(asked.orElseGet(() -> keys.isEmpty() ? clock.now() : momentOf(keys.get(1))), "until");
        if (!keys.isEmpty()) {
            checkPosition(keys.get(0));
        }
        return reads.read(
                past.projection(),
                owners.only(),
                new AtLeast(OptionalLong.of(Math.max(begin.position(), end.position()))),
                state -> {
                    var found = changes(owners, period, begin, end, keys, parameters.pageSize() + 1);
                    var more = found.size() > parameters.pageSize();
                    var shown = more ? found.subList(0, parameters.pageSize()) : found;
                    return new ExpenseChanges(
                            shown,
                            more
                                    ? Cursor.of(
                                            list,
                                            String.valueOf(shown.getLast().position()),
                                            end.instant().toString())
                                    : null,
                            compared(totals(owners, period, begin.position()), totals(owners, period, end.position())),
                            begin,
                            end,
                            state.incomplete());
                });
    }

    /** A list without an end goes on until where its first page ended. */
    private static Instant momentOf(String key) {
        try {
            return Instant.parse(key);
        } catch (DateTimeException notOurs) {
            throw Cursor.refused("was not made here");
        }
    }

    private static void checkPosition(String key) {
        if (!POSITION.matcher(key).matches()) {
            throw Cursor.refused("was not made here");
        }
    }

    private List<ExpenseChanges.Change> changes(
            Owners owners, Period period, AsOf since, AsOf until, List<String> keys, int limit) {
        var where = in(period, owners)
                .and("""
                        (from_position <= :since AND until_position > :since AND until_position <= :until
                            OR from_position > :since AND from_position <= :until AND until_position > :until)""")
                .parameter("since", since.position())
                .parameter("until", until.position())
                .parameter("limit", limit)
                .parameter("beyond", keys.isEmpty() ? Long.MAX_VALUE : Long.parseLong(keys.get(0)));
        return jdbc.sql("""
                        SELECT to_json(b) AS before, to_json(a) AS after, a.from_position, a.at, a.actor_id, a.reason
                          FROM (SELECT DISTINCT expense_id FROM expense_version %s) touched
                          JOIN (SELECT * FROM expense_version WHERE %s) a ON a.expense_id = touched.expense_id
                          LEFT JOIN (SELECT * FROM expense_version WHERE %s) b ON b.expense_id = touched.expense_id
                         WHERE a.from_position < :beyond
                           AND (b.expense_id IS NULL OR a.deleted <> b.deleted OR ROW(%s) IS DISTINCT FROM ROW(%s))
                         ORDER BY a.from_position DESC
                         LIMIT :limit
                        """.formatted(
                                where.sql(),
                                VersionedPast.holdsAt(until.position()),
                                VersionedPast.holdsAt(since.position()),
                                content("a"),
                                content("b")))
                .params(where.parameters())
                .query((row, number) -> {
                    var was = before(row);
                    var latest = Objects.requireNonNull(after.mapRow(row, number));
                    var is = alive(latest);
                    return new ExpenseChanges.Change(
                            latest.expenseId(),
                            kind(isIn(period, was), isIn(period, is)),
                            item(was),
                            item(is),
                            row.getLong("from_position"),
                            atOf(row),
                            actorOf(row),
                            row.getString("reason"));
                })
                .list();
    }

    private static String content(String alias) {
        return CONTENT.stream().map(column -> alias + "." + column).collect(Collectors.joining(", "));
    }

    private static ExpenseChanges.Kind kind(boolean wasIn, boolean isIn) {
        if (wasIn && isIn) {
            return ExpenseChanges.Kind.CHANGED;
        }
        return isIn ? ExpenseChanges.Kind.ADDED : ExpenseChanges.Kind.REMOVED;
    }

    /** What was summed up in one currency. */
    private record Amounts(BigDecimal amount, long count) {

        private static final Amounts NONE = new Amounts(BigDecimal.ZERO, 0);

        Amounts plus(BigDecimal more, int sign) {
            return new Amounts(sign > 0 ? amount.add(more) : amount.subtract(more), count + sign);
        }

        ExpenseChanges.Amount in(String currency) {
            return new ExpenseChanges.Amount(Total.text(amount, currency), count);
        }
    }

    private static List<ExpenseChanges.PeriodTotal> compared(Map<String, Amounts> before, Map<String, Amounts> after) {
        var currencies = new TreeSet<>(before.keySet());
        currencies.addAll(after.keySet());
        return currencies.stream()
                .map(currency -> new ExpenseChanges.PeriodTotal(
                        currency,
                        before.getOrDefault(currency, Amounts.NONE).in(currency),
                        after.getOrDefault(currency, Amounts.NONE).in(currency)))
                .toList();
    }

    /** What a period summed up to at a position: whole months from their sums, other days from the expenses. */
    private TreeMap<String, Amounts> totals(Owners owners, Period period, long position) {
        var statements = new ArrayList<String>();
        var parameters = new HashMap<String, Object>();
        if (period.hasMonths()) {
            var months = period.addMonthsTo(new Where().owners(owners));
            statements.add("SELECT currency, amount, count FROM %s t %s"
                    .formatted(Past.monthTotals(owners.only()).of(past, position), months.sql()));
            parameters.putAll(months.parameters());
        }
        if (period.hasDays()) {
            var days = period.addDaysTo(new Where().owners(owners));
            statements.add(
                    "SELECT currency, amount, count FROM %s t %s".formatted(past.dayTotals(position), days.sql()));
            parameters.putAll(days.parameters());
        }
        var totals = new TreeMap<String, Amounts>();
        jdbc.sql("""
                        SELECT currency, sum(amount) AS amount, sum(count) AS count FROM (%s) sums
                         GROUP BY currency HAVING sum(count) <> 0
                        """.formatted(String.join(" UNION ALL ", statements)))
                .params(parameters)
                .query(row -> {
                    totals.put(
                            row.getString("currency"), new Amounts(row.getBigDecimal("amount"), row.getLong("count")));
                });
        return totals;
    }

    /** An event with the states around it. */
    private record Touched(
            long position,
            Instant at,
            String event,
            String actorId,
            @Nullable String reason,
            ExpenseRow latest,
            @Nullable ExpenseRow before) {}

    ExpenseSteps steps(Owners owners, StepParameters parameters, AtLeast atLeast) {
        var period = parameters.period();
        var list = "steps %s %s".formatted(owners, period);
        var keys = Cursor.keys(parameters.cursor(), list, 1);
        keys.forEach(VersionQueries::checkPosition);
        var where = in(period, owners)
                .parameter("beyond", keys.isEmpty() ? 0 : Long.parseLong(keys.get(0)))
                .parameter("limit", parameters.pageSize() + 1);
        var touched = """
                (SELECT expense_id, from_position AS position FROM expense_version %1$s
                  UNION
                 SELECT expense_id, until_position FROM expense_version %1$s AND until_position < %2$d) touched
                """.formatted(where.sql(), VersionTable.FOR_GOOD);
        return reads.read(past.projection(), owners.only(), atLeast, state -> {
            var total = jdbc.sql("SELECT count(*) FROM " + touched)
                    .params(where.parameters())
                    .query(Long.class)
                    .single();
            var found = jdbc.sql("""
                            SELECT to_json(b) AS before, to_json(a) AS after, a.from_position, a.at, a.event, a.actor_id,
                                   a.reason
                              FROM (SELECT * FROM %s WHERE position > :beyond ORDER BY position LIMIT :limit) step
                              JOIN expense_version a
                                ON a.expense_id = step.expense_id AND a.from_position = step.position
                              LEFT JOIN expense_version b
                                ON b.expense_id = step.expense_id AND b.until_position = step.position
                             ORDER BY step.position
                            """.formatted(touched))
                    .params(where.parameters())
                    .query((row, number) -> new Touched(
                            row.getLong("from_position"),
                            atOf(row),
                            row.getString("event"),
                            actorOf(row),
                            row.getString("reason"),
                            Objects.requireNonNull(after.mapRow(row, number)),
                            before(row)))
                    .list();
            var more = found.size() > parameters.pageSize();
            var shown = more ? found.subList(0, parameters.pageSize()) : found;
            return new ExpenseSteps(
                    steps(owners, period, shown),
                    more ? Cursor.of(list, String.valueOf(shown.getLast().position())) : null,
                    total,
                    state.incomplete());
        });
    }

    private List<ExpenseSteps.Step> steps(Owners owners, Period period, List<Touched> events) {
        var steps = new ArrayList<ExpenseSteps.Step>();
        if (events.isEmpty()) {
            return steps;
        }
        var totals = totals(owners, period, events.getFirst().position() - 1);
        for (var event : events) {
            var after = alive(event.latest());
            count(totals, period, event.before(), -1);
            count(totals, period, after, 1);
            steps.add(new ExpenseSteps.Step(
                    event.position(),
                    event.at(),
                    event.event(),
                    event.actorId(),
                    event.reason(),
                    event.latest().expenseId(),
                    item(event.before()),
                    item(after),
                    totals.entrySet().stream()
                            .filter(total -> total.getValue().count() != 0)
                            .map(total -> Total.of(
                                    total.getKey(),
                                    total.getValue().amount(),
                                    total.getValue().count()))
                            .toList()));
        }
        return steps;
    }

    private static void count(Map<String, Amounts> totals, Period period, @Nullable ExpenseRow row, int sign) {
        if (row != null && isIn(period, row)) {
            var sum = totals.getOrDefault(row.currency(), Amounts.NONE);
            totals.put(row.currency(), sum.plus(row.amount(), sign));
        }
    }
}
