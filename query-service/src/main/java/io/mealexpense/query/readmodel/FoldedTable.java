package io.mealexpense.query.readmodel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
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
    private final List<Consumer<List<Change<R>>>> sums = new ArrayList<>();

    public FoldedTable(JdbcClient jdbc, String name, Class<R> type, Fold<E, R> fold) {
        this.table = new Table<>(jdbc, name, type);
        this.fold = fold;
    }

    /** Keeps the sums in step with the rows. */
    public <K extends Record> FoldedTable<E, R> summedIn(
            TotalTable<K> totals, TotalTable.Contribution<R, K> contribution) {
        sums.add(changes -> totals.move(changes, contribution));
        return this;
    }

    /** Puts the event into the batch of the current unit of work. */
    public void handle(UUID id, Fact<E> fact) {
        Batch.current(table.name(), FoldedBatch::new)
                .facts
                .computeIfAbsent(id, key -> new ArrayList<>())
                .add(fact);
    }

    private final class FoldedBatch implements Batch {

        private final Map<UUID, List<Fact<E>>> facts = new LinkedHashMap<>();

        @Override
        public void flush() {
            var rows = table.byId(facts.keySet()).stream().collect(Collectors.toMap(R::rowId, Function.identity()));
            var changes = new ArrayList<Change<R>>();
            facts.forEach((id, news) -> {
                var before = rows.get(id);
                var after = fold(id, before, news);
                if (after != null && after != before) {
                    changes.add(new Change<>(before, after));
                }
            });
            var written = table.replace(changes.stream().map(Change::after).toList());
            if (written != changes.size()) {
                throw new IllegalStateException("%d of %d rows of %s were moved on by someone else"
                        .formatted(changes.size() - written, changes.size(), table.name()));
            }
            sums.forEach(sum -> sum.accept(changes));
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
