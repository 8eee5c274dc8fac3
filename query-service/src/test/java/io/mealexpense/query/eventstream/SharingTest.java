package io.mealexpense.query.eventstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.axonframework.lifecycle.Phase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.support.GenericApplicationContext;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SharingTest {

    private static final List<String> PROJECTIONS = List.of("a", "b", "c", "d", "e");

    private ReadSide readSide;

    @BeforeEach
    void begin() {
        readSide = ReadSide.open();
        PROJECTIONS.forEach(projection -> readSide.jdbc
                .sql("INSERT INTO read_model.projection_token (projection, segment, position) VALUES (?, 0, 0)")
                .param(projection)
                .update());
    }

    @AfterEach
    void end() throws InterruptedException {
        readSide.close();
    }

    private Sharing instance(String name) {
        return new Sharing(
                readSide.jdbc,
                name,
                Duration.ofSeconds(4),
                projection -> readSide.jdbc
                        .sql("UPDATE read_model.projection_token SET owner = NULL WHERE projection = ? AND owner = ?")
                        .params(projection, name)
                        .update());
    }

    /** As its processors do now and then. */
    private void takeWhatIsFree(String name) {
        readSide.jdbc
                .sql(
                        "UPDATE read_model.projection_token SET owner = ?, claimed_at = clock_timestamp() WHERE owner IS NULL")
                .param(name)
                .update();
    }

    private int heldBy(String name) {
        return readSide.jdbc
                .sql("SELECT count(*) FROM read_model.projection_token WHERE owner = ?")
                .param(name)
                .query(Integer.class)
                .single();
    }

    @Test
    void who_is_alone_keeps_everything() {
        var alone = instance("alone");
        takeWhatIsFree("alone");
        IntStream.range(0, 5).forEach(look -> alone.look());
        assertThat(heldBy("alone")).isEqualTo(5);
    }

    @Test
    void who_joins_gets_its_part_and_then_nothing_moves() {
        var first = instance("first");
        var second = instance("second");
        takeWhatIsFree("first");
        for (var look = 0; look < 10; look++) {
            first.look();
            second.look();
            takeWhatIsFree("second");
        }
        assertThat(Map.of("first", heldBy("first"), "second", heldBy("second")))
                .isEqualTo(Map.of("first", 3, "second", 2));
    }

    @Test
    void nobody_hands_over_more_than_its_part_to_one_that_takes_nothing() {
        var first = instance("first");
        var idle = instance("idle");
        takeWhatIsFree("first");
        for (var look = 0; look < 10; look++) {
            first.look();
            idle.look();
        }
        assertThat(heldBy("first")).isEqualTo(3);
    }

    @Test
    void nothing_is_kept_for_one_that_fell_silent_or_was_seen_by_a_clock_that_was_put_back() {
        var first = instance("first");
        instance("silent").look();
        instance("ahead").look();
        readSide.jdbc
                .sql("UPDATE read_model.projection_instance SET seen_at = clock_timestamp()"
                        + " + CASE instance WHEN 'ahead' THEN interval '10 minutes' ELSE interval '-5 seconds' END")
                .update();
        takeWhatIsFree("first");
        first.look();
        assertThat(heldBy("first")).isEqualTo(5);
    }

    @Test
    void who_leaves_is_gone_at_once() {
        var first = instance("first");
        var leaving = instance("leaving");
        leaving.start();
        await().untilAsserted(() -> assertThat(known()).containsExactly("leaving"));
        leaving.stop();
        takeWhatIsFree("first");
        first.look();
        assertThat(heldBy("first")).isEqualTo(5);
    }

    @Test
    void who_is_still_starting_is_given_nothing_and_who_leaves_gives_up_the_right_to_it_first() {
        var processors = new Processors();
        var joining = instance("joining");
        try (var service = new GenericApplicationContext()) {
            service.registerBean("sharing", Sharing.class, () -> joining);
            service.registerBean("processors", Processors.class, () -> processors);
            service.refresh();
            await().untilAsserted(() -> assertThat(known()).containsExactly("joining"));
        }
        assertThat(processors.knownAtStop).isEmpty();
    }

    private List<String> known() {
        return readSide.jdbc
                .sql("SELECT instance FROM read_model.projection_instance")
                .query(String.class)
                .list();
    }

    /** Starts and stops when Axon's do, and takes its time. */
    private final class Processors implements SmartLifecycle {

        private List<String> knownAtStop = List.of("not stopped");
        private boolean running;

        @Override
        public int getPhase() {
            return Phase.INBOUND_EVENT_CONNECTORS;
        }

        @Override
        public void start() {
            await().during(Duration.ofMillis(500)).until(SharingTest.this::known, List::isEmpty);
            running = true;
        }

        @Override
        public void stop() {
            knownAtStop = known();
            running = false;
        }

        @Override
        public boolean isRunning() {
            return running;
        }
    }
}
