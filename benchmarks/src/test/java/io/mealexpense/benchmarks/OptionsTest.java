package io.mealexpense.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OptionsTest {

    @Test
    void everything_is_wanted_unless_something_is_named() {
        assertThat(Options.of().wants("gateway")).isTrue();
        assertThat(Options.of("--only", "http-cpu,idle").wants("gateway")).isFalse();
        assertThat(Options.of("--only", "http-cpu,idle").wants("http")).isTrue();
        assertThat(Options.of("--only", "http-cpu,idle").wants("idle")).isTrue();
    }

    @Test
    void a_full_run_has_the_large_history() {
        assertThat(Options.of("--full").events()).isEqualTo(3_000_000);
        assertThat(Options.of("--full").large()).containsExactly(1_000_000, 10_000);
        assertThat(Options.of("--seed", "7").events()).isEqualTo(30_000);
    }

    @Test
    void what_is_not_understood_is_refused() {
        assertThatThrownBy(() -> Options.of("--fast")).hasMessageContaining("--fast");
        assertThatThrownBy(() -> Options.of("--only")).hasMessageContaining("--only");
    }
}
