package io.mealexpense.query.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CourtesyTest {

    private final AtomicLong head = new AtomicLong(1_000);
    private final AtomicLong nanos = new AtomicLong(7);
    private final Courtesy courtesy = new Courtesy(head::get, nanos::get);

    private Duration dueAfter(Duration worked, long appended) {
        nanos.addAndGet(worked.toNanos());
        head.addAndGet(appended);
        return Duration.ofNanos(courtesy.due());
    }

    @Test
    void works_on_while_members_are_calm() {
        assertThat(dueAfter(Duration.ofSeconds(1), 20)).isZero();
    }

    @Test
    void works_a_fifth_of_the_time_while_they_are_busy() {
        assertThat(dueAfter(Duration.ofMillis(200), 400)).isEqualTo(Duration.ofMillis(800));
    }

    @Test
    void goes_on_in_the_end_however_long_a_chunk_took() {
        assertThat(dueAfter(Duration.ofMinutes(1), 1_000_000)).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void a_log_restored_from_an_older_copy_is_no_hurry() {
        assertThat(dueAfter(Duration.ofMillis(200), -500)).isZero();
    }
}
