package io.mealexpense.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NumbersTest {

    @Test
    void the_median_is_the_middle_one_or_between_the_two() {
        assertThat(Numbers.median(List.of(9.0, 1.0, 2.0))).isEqualTo(2);
        assertThat(Numbers.median(List.of(9.0, 1.0, 2.0, 4.0))).isEqualTo(3);
        assertThat(Numbers.median(List.<Double>of())).isNaN();
    }

    @Test
    void a_percentile_is_a_value_that_occurred() {
        var hundred = new long[100];
        for (var i = 0; i < 100; i++) {
            hundred[99 - i] = i + 1;
        }
        assertThat(Numbers.percentile(hundred, 0.99)).isEqualTo(99);
        assertThat(Numbers.percentile(hundred, 0.5)).isEqualTo(50);
        assertThat(Numbers.percentile(new long[] {7}, 0.99)).isEqualTo(7);
        assertThat(Numbers.percentile(new long[0], 0.99)).isNaN();
    }

    @Test
    void the_spread_is_the_largest_by_the_smallest() {
        assertThat(Numbers.spread(List.of(2.0, 4.0, 3.0))).isEqualTo(2);
        assertThat(Numbers.spread(List.of())).isEqualTo(1);
    }

    @Test
    void a_process_is_warm_when_its_stretches_get_no_cheaper() {
        assertThat(Numbers.settled(List.of(900.0, 101.0, 130.0, 99.0, 97.0), 2, 0.1))
                .isFalse();
        assertThat(Numbers.settled(List.of(900.0, 101.0, 130.0, 99.0, 97.0, 125.0), 2, 0.1))
                .isTrue();
        assertThat(Numbers.settled(List.of(110.0, 108.0, 99.0, 98.0), 2, 0.1)).isTrue();
        assertThat(Numbers.settled(List.of(110.0, 108.0, 98.0, 97.0), 2, 0.1)).isFalse();
        assertThat(Numbers.settled(List.of(100.0, 100.0, 100.0), 2, 0.1)).isFalse();
    }
}
