package io.mealexpense.query.versions;

import io.mealexpense.events.CategoryEvent;
import io.mealexpense.events.EventMetadata;
import io.mealexpense.events.MealExpenseEvent;
import io.mealexpense.query.eventstream.Projection;
import io.mealexpense.query.eventstream.ReadSide;
import io.mealexpense.query.readmodel.Fact;
import io.mealexpense.query.readmodel.ReadModelTable;
import io.mealexpense.query.readmodel.VersionTable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.TrackingToken;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * The projection of versions as a release from before V029 has it. Versions it keeps like this one; running totals it
 * writes by its own statements, which know nothing of what all owners came to.
 */
public final class EarlierRelease implements Projection {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final String INSERTION = """
            INSERT INTO expense_version_month_total (owner_id, month, currency, position, amount, count, is_first)
            SELECT owner_id, month, currency, position, amount, count, is_first FROM json_populate_recordset(NULL::expense_version_month_total, ?::json)
            """;

    private static final String LATEST = """
            SELECT k.ordinality, last.position, last.amount, last.count
              FROM json_populate_recordset(NULL::expense_version_month_total, ?::json) WITH ORDINALITY AS k
             CROSS JOIN LATERAL (SELECT t.position, t.amount, t.count FROM expense_version_month_total t
                                  WHERE t.owner_id = k.owner_id AND t.month = k.month AND t.currency = k.currency AND t.position < k.position
                                  ORDER BY t.position DESC LIMIT 1) last
            """;

    private static final String MOVING = """
            UPDATE expense_version_month_total t SET amount = t.amount + k.amount, count = t.count + k.count, is_first = %s
              FROM json_populate_recordset(NULL::expense_version_month_total, ?::json) k
             WHERE t.owner_id = k.owner_id AND t.month = k.month AND t.currency = k.currency AND t.position > k.position
            """;

    private final JdbcClient jdbc;
    private final VersionTable<Occurrence, ExpenseVersion> expenses;
    private final VersionTable<CategoryEvent, CategoryVersion> categories;

    /** Expenses of which it can take no event for a while. */
    public final Set<UUID> refused = new LinkedHashSet<>();

    public EarlierRelease(JdbcClient jdbc) {
        this.jdbc = jdbc;
        expenses = new VersionTable<>(
                jdbc, "expense_version", ExpenseVersion.class, ExpenseVersion::after, ExpenseVersion::completed);
        categories = new VersionTable<>(
                jdbc, "category_version", CategoryVersion.class, CategoryVersion::after, UnaryOperator.identity());
    }

    @Override
    public String group() {
        return ExpenseVersionsProjection.GROUP;
    }

    @Override
    public List<ReadModelTable> tables() {
        return Stream.of(expenses, categories)
                .flatMap(table -> table.tables().stream())
                .toList();
    }

    @EventHandler
    void on(MealExpenseEvent event, DomainEventMessage<?> message, TrackingToken token) {
        if (refused.contains(event.mealExpenseId())) {
            throw new IllegalStateException("Refused");
        }
        var actor = (String) message.getMetaData().get(EventMetadata.ACTOR_ID);
        expenses.handle(
                event.mealExpenseId(),
                new Fact<>(message.getSequenceNumber(), message.getTimestamp(), new Occurrence(event, actor)),
                token.position().orElseThrow());
    }

    @EventHandler
    void on(CategoryEvent event, DomainEventMessage<?> message, TrackingToken token) {
        categories.handle(
                event.categoryId(),
                new Fact<>(message.getSequenceNumber(), message.getTimestamp(), event),
                token.position().orElseThrow());
    }

    /** Projects what is new: together what comes in the order of the log, and what comes late each by itself. */
    public void project(ReadSide readSide) {
        var known = new HashSet<>(positions());
        readSide.project(readSide.projector(this), 1_000);
        var taken = positions().stream()
                .filter(position -> !known.contains(position))
                .toList();
        if (taken.isEmpty()) {
            return;
        }
        if (known.stream().allMatch(position -> position < taken.getFirst())) {
            move(taken);
        } else {
            taken.forEach(position -> move(List.of(position)));
        }
    }

    private List<Long> positions() {
        return jdbc.sql("SELECT from_position FROM expense_version ORDER BY from_position")
                .query(Long.class)
                .list();
    }

    private record Key(String owner, String month, String currency) {}

    private record Sum(BigDecimal amount, long count) {

        Sum plus(Sum other) {
            return new Sum(amount.add(other.amount), count + other.count);
        }
    }

    private record Last(long position, Sum sum) {}

    private Map<Key, Sum> additions(long position) {
        var additions = new HashMap<Key, Sum>();
        jdbc.sql("""
                        SELECT owner_id, date_trunc('month', spent_on::timestamp)::date AS month, currency,
                               sum(sign * amount) AS amount, sum(sign) AS count
                          FROM (SELECT 1 AS sign, v.* FROM expense_version v WHERE from_position = :position
                                 UNION ALL
                                SELECT -1, v.* FROM expense_version v WHERE until_position = :position) change
                         WHERE NOT deleted
                         GROUP BY 1, 2, 3 HAVING sum(sign * amount) <> 0 OR sum(sign) <> 0
                        """).param("position", position).query(row -> {
            additions.put(
                    new Key(row.getString("owner_id"), row.getString("month"), row.getString("currency")),
                    new Sum(row.getBigDecimal("amount"), row.getLong("count")));
        });
        return additions;
    }

    private void move(List<Long> positions) {
        var additions = new LinkedHashMap<Key, TreeMap<Long, Sum>>();
        positions.forEach(position -> additions(position)
                .forEach((key, sum) ->
                        additions.computeIfAbsent(key, fresh -> new TreeMap<>()).put(position, sum)));
        var rows = new ArrayList<Map<String, Object>>();
        additions.forEach((key, sums) -> {
            var last = last(key, Long.MAX_VALUE);
            if (last.isPresent() && last.get().position() > sums.firstKey()) {
                sums.forEach((position, sum) -> insertBefore(key, position, sum));
                return;
            }
            var running = last.map(Last::sum).orElse(new Sum(BigDecimal.ZERO, 0));
            var first = last.isEmpty();
            for (var sum : sums.entrySet()) {
                running = running.plus(sum.getValue());
                rows.add(row(key, sum.getKey(), running, first));
                first = false;
            }
        });
        if (!rows.isEmpty()) {
            write(INSERTION, rows);
        }
    }

    private Optional<Last> last(Key key, long before) {
        return jdbc.sql(LATEST)
                .param(JSON.writeValueAsString(List.of(row(key, before, new Sum(BigDecimal.ZERO, 0), false))))
                .query((row, number) ->
                        new Last(row.getLong("position"), new Sum(row.getBigDecimal("amount"), row.getLong("count"))))
                .optional();
    }

    private void insertBefore(Key key, long position, Sum sum) {
        var last = last(key, position);
        write(MOVING.formatted(last.isEmpty() ? "false" : "t.is_first"), List.of(row(key, position, sum, false)));
        write(
                INSERTION,
                List.of(row(key, position, last.map(Last::sum).map(sum::plus).orElse(sum), last.isEmpty())));
    }

    private void write(String statement, List<Map<String, Object>> rows) {
        jdbc.sql(statement).param(JSON.writeValueAsString(rows)).update();
    }

    private static Map<String, Object> row(Key key, long position, Sum sum, boolean first) {
        return Map.of(
                "owner_id", key.owner(),
                "month", key.month(),
                "currency", key.currency(),
                "position", position,
                "amount", sum.amount().toPlainString(),
                "count", sum.count(),
                "is_first", first);
    }
}
