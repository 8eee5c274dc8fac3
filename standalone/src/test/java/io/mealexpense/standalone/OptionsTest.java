package io.mealexpense.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class OptionsTest {

    private static final Path HOME = Path.of("/home/mia");

    private static Options parse(Map<String, String> environment, String... arguments) {
        return Options.parse(List.of(arguments), environment, HOME);
    }

    @Test
    void without_a_word_it_is_this_machine_only_on_8080() {
        assertThat(parse(Map.of()))
                .isEqualTo(new Options(HOME.resolve(".local/share/meal-expense-tracker"), "localhost", 8080, false));
    }

    @Test
    void a_demonstration_has_a_folder_beside_the_real_one() {
        assertThat(parse(Map.of(), "--demo").dataDir())
                .isEqualTo(HOME.resolve(".local/share/meal-expense-tracker-demo"));
    }

    @Test
    void the_command_line_wins_over_the_environment() {
        var environment = Map.of("MEALS_DATA_DIR", "/srv/meals", "MEALS_PORT", "9000");

        assertThat(parse(environment, "--data-dir=/tmp/m", "--port", "9001", "--address", "0.0.0.0"))
                .isEqualTo(new Options(Path.of("/tmp/m"), "0.0.0.0", 9001, false));
        assertThat(parse(environment)).isEqualTo(new Options(Path.of("/srv/meals"), "localhost", 9000, false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--port=x", "--port=70000", "--port", "--data-dir", "--data-dir=", "--demoo", "help"})
    void what_makes_no_sense_is_told(String argument) {
        assertThatThrownBy(() -> parse(Map.of(), argument)).isInstanceOf(Options.UsageException.class);
    }
}
