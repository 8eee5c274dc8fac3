package io.mealexpense.benchmarks.measure;

import static io.mealexpense.benchmarks.measure.Metric.Direction.AT_LEAST;
import static io.mealexpense.benchmarks.measure.Metric.Direction.AT_MOST;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MetricTest {

    @Test
    void the_median_of_the_samples_meets_the_goal_or_not() {
        assertThat(Metric.of("a", "", List.of(1.0, 1.6, 1.7), "×", AT_LEAST, 1.5)
                        .met())
                .isTrue();
        assertThat(Metric.of("a", "", List.of(1.0, 1.4, 1.7), "×", AT_LEAST, 1.5)
                        .met())
                .isFalse();
        assertThat(Metric.of("a", "", List.of(2.6), "×", AT_MOST, 2.6).met()).isTrue();
        assertThat(Metric.of("a", "", List.of(2.7), "×", AT_MOST, 2.6).met()).isFalse();
    }

    @Test
    void what_was_not_measured_is_neither_met_nor_missed() {
        var metric = Metric.notMeasured("a", "", "×", "≥ 0.5", "no rebuild here");
        assertThat(metric.met()).isNull();
        assertThat(metric.value()).isNull();
        assertThat(metric.shown()).isEqualTo("not measured");
    }

    @Test
    void numbers_are_shown_as_precisely_as_they_matter() {
        assertThat(Metric.plain(0.347)).isEqualTo("0.35");
        assertThat(Metric.plain(34.72)).isEqualTo("34.7");
        assertThat(Metric.plain(14_500.4)).isEqualTo("14,500");
        assertThat(Metric.plain(0)).isEqualTo("0");
    }
}
