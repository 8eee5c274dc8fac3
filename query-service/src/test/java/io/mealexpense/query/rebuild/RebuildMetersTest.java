package io.mealexpense.query.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import io.mealexpense.query.eventstream.QueryMeters;
import io.mealexpense.query.eventstream.ReadSide;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RebuildMetersTest {

    private ReadSide readSide;

    @BeforeEach
    void open() {
        readSide = ReadSide.open();
        readSide.jdbc.sql("DELETE FROM read_model.projection_rebuild").update();
    }

    @AfterEach
    void close() throws InterruptedException {
        readSide.jdbc.sql("DELETE FROM read_model.projection_rebuild").update();
        readSide.close();
    }

    private void request(long position) {
        readSide.jdbc.sql("""
                        INSERT INTO read_model.projection_rebuild
                               (rebuild_id, position, projections, reason, requested_by, requested_at, state)
                        VALUES (?, ?, '{monthly-report}', 'To be sure', 'somebody', now(), 'requested')
                        """).params(UUID.randomUUID(), position).update();
    }

    /** Unfinished, undecided, position, target, rate, as somebody sees them who asks now. */
    private List<Double> seen() {
        var registry = new SimpleMeterRegistry();
        new RebuildMeters(readSide.jdbc).bindTo(registry);
        return List.of(
                        QueryMeters.REBUILDS,
                        QueryMeters.REBUILDS_UNDECIDED,
                        QueryMeters.REBUILD_POSITION,
                        QueryMeters.REBUILD_TARGET,
                        QueryMeters.REBUILD_RATE)
                .stream()
                .map(name -> registry.get(name).gauge().value())
                .toList();
    }

    @Test
    void a_rebuild_is_seen_from_its_request_to_its_end() {
        assertThat(seen()).containsExactly(0.0, 0.0, 0.0, 0.0, 0.0);
        request(1);
        request(2);
        assertThat(seen()).containsExactly(2.0, 0.0, 0.0, 0.0, 0.0);

        var store = new RebuildStore(readSide.jdbc, "one");
        store.take(store.next().orElseThrow());
        var task = store.begin(store.next().orElseThrow(), 7);
        store.copied(task, UUID.randomUUID(), 5, 1000);
        assertThat(seen()).containsExactly(2.0, 0.0, 5.0, 7.0, 1000.0);

        store.enter(task, RebuildState.INDEXING);
        assertThat(seen()).as("nothing is copied any more").containsExactly(2.0, 0.0, 5.0, 7.0, 0.0);

        store.enter(task, RebuildState.DIFFERS);
        assertThat(seen()).containsExactly(2.0, 1.0, 5.0, 7.0, 0.0);
        readSide.jdbc
                .sql("UPDATE read_model.projection_rebuild SET decision = 'swap' WHERE position = 1")
                .update();
        assertThat(seen()).containsExactly(2.0, 0.0, 5.0, 7.0, 0.0);

        store.finish(task, RebuildState.SWAPPED);
        assertThat(seen()).containsExactly(1.0, 0.0, 0.0, 0.0, 0.0);
    }
}
