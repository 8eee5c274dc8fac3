package io.mealexpense.benchmarks.measure;

import static io.mealexpense.benchmarks.measure.Metric.Direction.AT_LEAST;
import static io.mealexpense.benchmarks.measure.Metric.Direction.AT_MOST;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReportTest {

    private static final Metric FAST = Metric.of("fast", "a < b", List.of(3.0), "×", AT_LEAST, 1.5);
    private static final Metric SLOW = Metric.of("slow", "wait", List.of(300.0), "ms", AT_MOST, 150);
    private static final Metric ABSENT = Metric.notMeasured("absent", "rebuild", "×", "≥ 0.50", "none here");
    private static final Metric TOLD = Metric.told("told", "rate", List.of(12_345.678), "/s");

    private static Report report(boolean noisy) {
        return new Report(
                Map.of("cores", 2, "memoryGiB", 8, "os", "Linux amd64", "jdk", "25", "postgresql", "18"),
                "abc",
                Instant.parse("2026-11-22T12:00:00Z"),
                false,
                42,
                300_000,
                noisy,
                List.of(FAST, SLOW, ABSENT, TOLD));
    }

    @Test
    void the_data_file_has_every_figure_with_its_goal_and_whether_it_is_met() {
        var json = JsonMapper.builder().build().readTree(report(true).json());
        assertThat(json.get("noisy").asBoolean()).isTrue();
        assertThat(json.get("commit").asString()).isEqualTo("abc");
        var metrics = json.get("metrics");
        assertThat(metrics.get(0).get("met").asBoolean()).isTrue();
        assertThat(metrics.get(1).get("met").asBoolean()).isFalse();
        assertThat(metrics.get(2).get("value").isNull()).isTrue();
        assertThat(metrics.get(2).get("met").isNull()).isTrue();
        assertThat(metrics.get(3).get("value").asDouble()).isEqualTo(12_350);
        assertThat(metrics.get(3).get("goal").isNull()).isTrue();
    }

    @Test
    void the_page_needs_nothing_from_elsewhere() {
        var page = report(false).page();
        assertThat(page).doesNotContain("<script", "http://", "https://", "url(", "@import");
        assertThat(page).contains("a &lt; b", "goal ≥ 1.50, met", "goal ≤ 150, missed", "not measured");
    }

    @Test
    void a_noisy_run_says_so_on_the_page() {
        assertThat(report(true).page()).contains("class=\"noisy\"");
        assertThat(report(false).page()).doesNotContain("class=\"noisy\"");
    }

    @Test
    void a_bar_is_as_long_as_the_goal_is_reached() {
        assertThat(Report.reached(FAST)).isEqualTo(2);
        assertThat(Report.reached(SLOW)).isCloseTo(0.5, Offset.offset(1e-9));
        assertThat(Report.reached(Metric.of("none", "", List.of(0.0), "", AT_MOST, 0)))
                .isEqualTo(2);
    }
}
