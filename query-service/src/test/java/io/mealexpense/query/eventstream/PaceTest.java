package io.mealexpense.query.eventstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PaceTest {

    private final AtomicLong nanos = new AtomicLong(7);
    private final Pace pace = new Pace(nanos::get);

    private Duration dueAfter(Duration worked) {
        pass(worked);
        return Duration.ofNanos(pace.due());
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void the_first_batch_begins_at_once() {
        assertThat(dueAfter(Duration.ZERO)).isZero();
    }

    @Test
    void a_batch_is_followed_by_a_pause_of_four_times_its_length() {
        pace.begun(false);
        assertThat(dueAfter(Duration.ofMillis(5))).isEqualTo(Duration.ofMillis(20));
        assertThat(dueAfter(Duration.ofMillis(15))).isEqualTo(Duration.ofMillis(5));
        assertThat(dueAfter(Duration.ofMillis(5))).isZero();
    }

    @Test
    void nobody_waits_long_for_a_change_to_be_seen() {
        pace.begun(false);
        assertThat(dueAfter(Duration.ofSeconds(3))).isEqualTo(Duration.ofMillis(30));
    }

    @Test
    void an_event_after_a_while_is_taken_at_once() {
        pace.begun(false);
        dueAfter(Duration.ofMillis(5));
        assertThat(dueAfter(Duration.ofMillis(50))).isZero();
    }

    @Test
    void who_has_much_to_catch_up_with_does_not_pause() {
        pace.begun(true);
        assertThat(dueAfter(Duration.ofMillis(200))).isZero();
    }
}
