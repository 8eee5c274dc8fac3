package io.mealexpense.query.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mealexpense.query.eventstream.ReadSide;
import io.mealexpense.query.rebuild.RebuildStore.TakenOverException;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RebuildStoreTest {

    private ReadSide readSide;
    private RebuildStore store;
    private RebuildTask task;

    @BeforeEach
    void open() {
        readSide = ReadSide.open();
        store = new RebuildStore(readSide.jdbc, "one");
        readSide.jdbc.sql("DELETE FROM read_model.projection_rebuild").update();
        readSide.jdbc.sql("""
                        INSERT INTO read_model.projection_rebuild
                               (rebuild_id, position, projections, reason, requested_by, requested_at, state)
                        VALUES (?, 1, '{monthly-report}', 'To be sure', 'somebody', now(), 'requested')
                        """).param(UUID.randomUUID()).update();
        store.take(store.next().orElseThrow());
        task = store.begin(store.next().orElseThrow(), 7);
    }

    @AfterEach
    void close() throws InterruptedException {
        readSide.jdbc.sql("DELETE FROM read_model.projection_rebuild").update();
        readSide.close();
    }

    @Test
    void who_owns_it_goes_on() {
        assertThat(store.hold(task)).isEqualTo(task);
        assertThat(store.copied(task, UUID.randomUUID(), 7, 1000).eventsDone()).isEqualTo(7);
        assertThat(store.enter(task, RebuildState.INDEXING).state()).isEqualTo(RebuildState.INDEXING);
    }

    @Test
    void nothing_of_one_that_was_replaced_counts_any_more() {
        new RebuildStore(readSide.jdbc, "other").take(task);
        List<Consumer<RebuildStore>> acts = List.of(
                it -> it.hold(task),
                it -> it.refresh(task),
                it -> it.begin(task, 8),
                it -> it.copied(task, UUID.randomUUID(), 7, 1000),
                it -> it.enter(task, RebuildState.INDEXING),
                it -> it.compared(task, List.of()),
                it -> it.finish(task, RebuildState.SWAPPED));
        for (var act : acts) {
            assertThatThrownBy(() -> act.accept(store)).isInstanceOf(TakenOverException.class);
        }
        store.failed(task, "The connection was lost");
        assertThat(readSide.jdbc
                        .sql("SELECT state || ' ' || events_done || ' ' || coalesce(error, '-')"
                                + " FROM read_model.projection_rebuild")
                        .query(String.class)
                        .single())
                .isEqualTo("copying 0 -");
    }

    @Test
    void a_first_copy_waits_for_who_joins_it_and_not_for_a_clock_that_was_put_back() {
        store.finish(task, RebuildState.SWAPPED);
        readSide.jdbc.sql("""
                        INSERT INTO read_model.projection_rebuild
                               (rebuild_id, position, projections, reason, requested_by, requested_at, state, initial)
                        VALUES (?, -1, '{monthly-report}', 'First copy', 'system', clock_timestamp(), 'requested', true)
                        """).param(UUID.randomUUID()).update();
        assertThat(store.next()).isEmpty();
        readSide.jdbc
                .sql("UPDATE read_model.projection_rebuild SET requested_at = clock_timestamp() + interval '1 hour'")
                .update();
        assertThat(store.next()).isPresent();
    }
}
