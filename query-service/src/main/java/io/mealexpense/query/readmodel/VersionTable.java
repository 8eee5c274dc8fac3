package io.mealexpense.query.readmodel;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Every row that an aggregate ever had, one per event: each holds from the position of its event until that of the next
 * one, the latest for good. So what was known at a position are the rows that hold there. Like in a {@link FoldedTable},
 * an event that is in the rows already does nothing, and one that leaves a gap stops the projection.
 */
public final class VersionTable<E, R extends Record & SequencedRow> {

    /** Until when the latest row of an aggregate holds. */
    public static final long FOR_GOOD = Long.MAX_VALUE;

    private final JdbcClient jdbc;
    private final String name;
    private final FoldedTable.Fold<E, R> fold;
    private final UnaryOperator<R> completion;
    private final Table<R> rows;
    private final String id;
    private final List<String> columns;
    private final CopyFormat<R> copyFormat;
    private final List<Summed<?>> sums = new ArrayList<>();

    /**
     * @param completion of a row that will be written: what follows from its other columns and is worth computing once
     */
    public VersionTable(
            JdbcClient jdbc, String name, Class<R> type, FoldedTable.Fold<E, R> fold, UnaryOperator<R> completion) {
        this.jdbc = jdbc;
        this.name = name;
        this.fold = fold;
        this.completion = completion;
        this.rows = new Table<>(jdbc, name, type);
        var ofRow = Table.columnsOf(type);
        this.id = ofRow.getFirst();
        this.columns = Stream.concat(ofRow.stream(), Stream.of("from_position", "until_position"))
                .toList();
        this.copyFormat = new CopyFormat<>(type);
    }

    /** Keeps, in step with the rows, what they summed up to after every position. */
    public <K extends Record> VersionTable<E, R> summedIn(
            RunningTotalTable<K> totals, TotalTable.Contribution<R, K> contribution) {
        sums.add(new Summed<>(totals, contribution));
        return this;
    }

    /** Puts the event into the batch that is being gathered. */
    public void handle(UUID aggregate, Fact<E> fact, long position) {
        Batch.part(name, VersionPart::new).add(aggregate, new Located<>(fact, position));
    }

    /** This table and those of its sums. */
    public List<ReadModelTable> tables() {
        var tables = new ArrayList<ReadModelTable>();
        tables.add(new ReadModelTable(name, List.of(id, "from_position"), ReadModelTable.Kind.ROWS));
        sums.forEach(sum -> tables.add(sum.totals.described()));
        return tables;
    }

    private record Located<E>(Fact<E> fact, long position) {}

    /** A row with the positions between which it holds, the last exclusive. */
    private record Version<R>(@JsonUnwrapped R row, long fromPosition, long untilPosition) {}

    /** The latest row held until the position. */
    private record Closing(UUID aggregate, long from, long until) {}

    /** What the events of a batch add to the table. */
    private record News<R>(List<Version<R>> versions, List<Closing> closings, List<Step<R>> steps) {}

    private final class Summed<K extends Record> {

        private final RunningTotalTable<K> totals;
        private final TotalTable.Contribution<R, K> contribution;

        Summed(RunningTotalTable<K> totals, TotalTable.Contribution<R, K> contribution) {
            this.totals = totals;
            this.contribution = contribution;
        }

        void move(List<Step<R>> steps) {
            totals.move(steps, contribution);
        }

        void copy(List<CopyRows> copies, List<Step<R>> steps) {
            totals.copy(copies, steps, contribution);
        }
    }

    private Map<UUID, Version<R>> latest(Collection<UUID> aggregates) {
        var mapper = rows.mapper("row");
        return jdbc
                .sql(
                        "SELECT to_json(t) AS row, from_position FROM %s t WHERE %s = ANY (?::uuid[]) AND until_position = %d"
                                .formatted(name, id, FOR_GOOD))
                .param(Table.arrayOf(aggregates))
                .query((row, number) ->
                        new Version<>(mapper.mapRow(row, number), row.getLong("from_position"), FOR_GOOD))
                .list()
                .stream()
                .collect(Collectors.toMap(version -> version.row().rowId(), Function.identity()));
    }

    private void close(List<Closing> closings) {
        if (closings.isEmpty()) {
            return;
        }
        var closed = jdbc.sql("""
                        UPDATE %1$s t SET until_position = c.until_position
                          FROM unnest(?::uuid[], ?::bigint[], ?::bigint[]) AS c (id, from_position, until_position)
                         WHERE t.%2$s = c.id AND t.from_position = c.from_position AND t.until_position = %3$d
                        """.formatted(name, id, FOR_GOOD))
                .params(
                        Table.arrayOf(closings.stream().map(Closing::aggregate).toList()),
                        positions(closings, Closing::from),
                        positions(closings, Closing::until))
                .update();
        if (closed != closings.size()) {
            throw new IllegalStateException("%d of %d rows of %s were moved on by someone else"
                    .formatted(closings.size() - closed, closings.size(), name));
        }
    }

    private static String positions(List<Closing> closings, Function<Closing, Long> position) {
        return closings.stream().map(position).map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
    }

    private void insert(List<Version<R>> versions) {
        if (versions.isEmpty()) {
            return;
        }
        var listed = String.join(", ", columns);
        jdbc.sql("INSERT INTO %1$s (%2$s) SELECT %2$s FROM json_populate_recordset(NULL::%1$s, ?::json)"
                        .formatted(name, listed))
                .param(ReadModelJson.MAPPER.writeValueAsString(versions))
                .update();
    }

    private final class VersionPart implements Batch.Part {

        private final Map<UUID, List<Located<E>>> facts = new LinkedHashMap<>();

        void add(UUID aggregate, Located<E> fact) {
            facts.computeIfAbsent(aggregate, key -> new ArrayList<>(4)).add(fact);
        }

        @Override
        public void write() {
            var news = news(latest(facts.keySet()));
            close(news.closings());
            insert(news.versions());
            sums.forEach(sum -> sum.move(news.steps()));
        }

        @Override
        public void copy(List<CopyRows> copies) {
            var news = news(Map.of());
            copyFormat.add(copies, name, columns, news.versions(), Version::row, (buffer, version) -> {
                buffer.int8(version.fromPosition());
                buffer.int8(version.untilPosition());
            });
            sums.forEach(sum -> sum.copy(copies, news.steps()));
        }

        private News<R> news(Map<UUID, Version<R>> latest) {
            var news = new News<R>(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            facts.forEach((aggregate, located) -> {
                var known = latest.get(aggregate);
                var steps = fold(aggregate, known == null ? null : known.row(), located);
                if (known != null && !steps.isEmpty()) {
                    news.closings()
                            .add(new Closing(
                                    aggregate,
                                    known.fromPosition(),
                                    steps.getFirst().position()));
                }
                for (var i = 0; i < steps.size(); i++) {
                    news.versions()
                            .add(new Version<>(
                                    steps.get(i).after(),
                                    steps.get(i).position(),
                                    i + 1 < steps.size() ? steps.get(i + 1).position() : FOR_GOOD));
                }
                news.steps().addAll(steps);
            });
            return news;
        }

        private List<Step<R>> fold(UUID aggregate, @Nullable R before, List<Located<E>> located) {
            var steps = new ArrayList<Step<R>>(located.size());
            var row = before;
            for (var event : located) {
                var seen = row == null ? -1 : row.sequence();
                var sequence = event.fact().sequence();
                if (sequence > seen + 1) {
                    throw new IllegalStateException(
                            "%s of %s: event %d follows event %d".formatted(name, aggregate, sequence, seen));
                }
                if (sequence == seen + 1) {
                    var after = completion.apply(fold.after(row, event.fact()));
                    steps.add(new Step<>(event.position(), row, after));
                    row = after;
                }
            }
            return steps;
        }
    }
}
