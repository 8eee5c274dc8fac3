package io.mealexpense.edge.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ReadingTest {

    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void gauges_that_look_at_the_same_time_ask_once() {
        var reading = new Reading<>("test", Duration.ofHours(1), asked::incrementAndGet);
        assertThat(reading.number(it -> it)).isEqualTo(1);
        assertThat(reading.number(it -> it * 10)).isEqualTo(10);
        assertThat(asked).hasValue(1);
    }

    @Test
    void it_is_asked_anew_after_a_while_and_never_while_nobody_looks() {
        var reading = new Reading<>("test", Duration.ZERO, asked::incrementAndGet);
        assertThat(asked).hasValue(0);
        assertThat(reading.number(it -> it)).isEqualTo(1);
        assertThat(reading.number(it -> it)).isEqualTo(2);
    }

    @Test
    void what_cannot_be_read_is_no_number_until_it_can() {
        var reading = new Reading<>("test", Duration.ZERO, () -> {
            if (asked.incrementAndGet() == 1) {
                throw new IllegalStateException("away");
            }
            return 7;
        });
        assertThat(reading.number(it -> it)).isNaN();
        assertThat(reading.value()).contains(7);
    }

    @Test
    void what_hangs_keeps_nobody_for_long_and_is_not_asked_twice() {
        var hanging = new CountDownLatch(1);
        var reading = new Reading<>("test", Duration.ZERO, () -> {
            asked.incrementAndGet();
            hanging.await();
            return 7;
        });
        var began = System.nanoTime();
        assertThat(reading.number(it -> it)).isNaN();
        assertThat(reading.number(it -> it)).isNaN();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
        assertThat(asked).hasValue(1);
        hanging.countDown();
        await().untilAsserted(() -> assertThat(reading.value()).contains(7));
    }
}
