package io.mealexpense.query.readmodel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * One row per aggregate, folded from its events. The events of a batch are folded in memory over the rows they meet,
 * and only the outcome is written, with the sums it moves. An event that is in the row already does nothing; one that
 * leaves a gap stops the projection.
 */
public final class FoldedTable<E, R extends Record & SequencedRow> {

    /** The row after the event; the row before is absent at the aggregate's first. */
    @FunctionalInterface
    public interface Fold<E, R> {
        R after(@Nullable R before, Fact<E> fact);
    }

    private final Table<R> table;
    private final Fold<E, R> fold;
    private final UnaryOperator<R> completion;
    private final List<Summed<?>> sums = new ArrayList<>();

    public FoldedTable(JdbcClient jdbc, String name, Class<R> type, Fold<E, R> fold) {
        this(jdbc, name, type, fold, UnaryOperator.identity());
    }

    /**
     * @param completion of a row that will be written: what follows from its other columns and is worth computing once
     */
    public FoldedTable(JdbcClient jdbc, String name, Class<R> type, Fold<E, R> fold, UnaryOperator<R> completion) {
        this.table = new Table<>(jdbc, name, type);
        this.fold = fold;
        this.completion = completion;
    }

    /** Keeps the sums in step with the rows. */
    public <K extends Record> FoldedTable<E, R> summedIn(
            TotalTable<K> totals, TotalTable.Contribution<R, K> contribution) {
        sums.add(new Summed<>(totals, contribution));
        return this;
    }

    /** Puts the event into the batch that is being gathered. */
    public void handle(UUID id, Fact<E> fact) {
        Batch.part(table.name(), FoldedPart::new).add(id, fact);
    }

    /** This table and those of its sums. */
    public List<ReadModelTable> tables() {
        var tables = new ArrayList<ReadModelTable>();
        tables.add(table.described());
        sums.forEach(sum -> tables.add(sum.table()));
        return tables;
    }

    /** Sums that this table's rows move. */
    private final class Summed<K extends Record> {

        private final TotalTable<K> totals;
        private final TotalTable.Contribution<R, K> contribution;

        Summed(TotalTable<K> totals, TotalTable.Contribution<R, K> contribution) {
            this.totals = totals;
            this.contribution = contribution;
        }

        ReadModelTable table() {
            return totals.described();
        }

        void move(List<Change<R>> changes) {
            totals.move(changes, contribution);
        }

        void copy(List<CopyRows> copies, List<Change<R>> changes) {
            totals.copy(copies, changes, contribution);
        }
    }

    private final class FoldedPart implements Batch.Part {

        private final Map<UUID, List<Fact<E>>> facts = new LinkedHashMap<>();
        private @Nullable UUID last;
        private List<Fact<E>> ofLast = List.of();

        void add(UUID id, Fact<E> fact) {
            // rebuilds bring the events of an aggregate one after the other
            if (!id.equals(last)) {
                last = id;
                ofLast = facts.computeIfAbsent(id, key -> new ArrayList<>(4));
            }
            ofLast.add(fact);
        }

        @Override
        public void write() {
            var rows = table.byId(facts.keySet()).stream().collect(Collectors.toMap(R::rowId, Function.identity()));
            var changes = changes(rows);
            var written = table.replace(changes.stream().map(Change::after).toList());
            if (written != changes.size()) {
                throw new IllegalStateException("%d of %d rows of %s were moved on by someone else"
                        .formatted(changes.size() - written, changes.size(), table.name()));
            }
            sums.forEach(sum -> sum.move(changes));
        }

        @Override
        public void copy(List<CopyRows> copies) {
            var changes = changes(Map.of());
            table.copy(copies, changes.stream().map(Change::after).toList());
            sums.forEach(sum -> sum.copy(copies, changes));
        }

        private List<Change<R>> changes(Map<UUID, R> rows) {
            var changes = new ArrayList<Change<R>>(facts.size());
            facts.forEach((id, news) -> {
                var before = rows.get(id);
                var after = fold(id, before, news);
                if (after != null && after != before) {
                    changes.add(new Change<>(before, completion.apply(after)));
                }
            });
            return changes;
        }

        private @Nullable R fold(UUID id, @Nullable R before, List<Fact<E>> news) {
            var row = before;
            for (var fact : news) {
                var seen = row == null ? -1 : row.sequence();
                if (fact.sequence() > seen + 1) {
                    throw new IllegalStateException(
                            "%s of %s: event %d follows event %d".formatted(table.name(), id, fact.sequence(), seen));
                }
                if (fact.sequence() == seen + 1) {
                    row = fold.after(row, fact);
                }
            }
            return row;
        }
    }
}
