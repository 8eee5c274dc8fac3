package io.mealexpense.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    private static Options options(Path dataDir, String address, int port) {
        return new Options(dataDir, address, port, false, Optional.empty(), Optional.empty());
    }

    @Test
    void without_a_word_it_is_this_machine_only_on_8080() {
        assertThat(parse(Map.of()))
                .isEqualTo(options(HOME.resolve(".local/share/meal-expense-tracker"), "localhost", 8080));
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
                .isEqualTo(options(Path.of("/tmp/m"), "0.0.0.0", 9001));
        assertThat(parse(environment)).isEqualTo(options(Path.of("/srv/meals"), "localhost", 9000));
    }

    @Test
    void a_backup_is_a_task_instead_of_a_start() {
        assertThat(parse(Map.of(), "--backup", "/mnt/backups").task())
                .contains(new Options.Task.Backup(Path.of("/mnt/backups"), Optional.empty()));
        assertThat(parse(Map.of(), "--backup=/mnt/backups", "--keep", "14").task())
                .contains(new Options.Task.Backup(Path.of("/mnt/backups"), Optional.of(14)));
    }

    @Test
    void a_restore_goes_to_a_moment_in_any_zone() {
        var options =
                parse(Map.of(), "--restore=/mnt/backups", "--archive=/mnt/wal", "--until=2026-11-30T10:15:00+01:00");

        assertThat(options.task())
                .contains(new Options.Task.Restore(
                        Path.of("/mnt/backups"), Optional.of(Instant.parse("2026-11-30T09:15:00Z")), Optional.empty()));
        assertThat(options.archive()).contains(new Options.Archive.In(Path.of("/mnt/wal")));
    }

    @Test
    void the_archive_is_as_it_was_unless_told() {
        assertThat(parse(Map.of()).archive()).isEmpty();
        assertThat(parse(Map.of("MEALS_ARCHIVE", "/mnt/wal")).archive())
                .contains(new Options.Archive.In(Path.of("/mnt/wal")));
        assertThat(parse(Map.of("MEALS_ARCHIVE", "/mnt/wal"), "--archive", "off")
                        .archive())
                .contains(new Options.Archive.Off());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--port=x",
                "--port=70000",
                "--port",
                "--data-dir",
                "--data-dir=",
                "--demoo",
                "help",
                "--backup",
                "--keep=3",
                "--until=2026-11-30T09:15:00Z",
                "--checkpoints=/mnt/checkpoints"
            })
    void what_makes_no_sense_is_told(String argument) {
        assertThatThrownBy(() -> parse(Map.of(), argument)).isInstanceOf(Options.UsageException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--restore=/mnt/backups", "--keep=0", "--keep=all", "--keep=-1"})
    void a_backup_does_not_go_with(String argument) {
        assertThatThrownBy(() -> parse(Map.of(), "--backup=/mnt/backups", argument))
                .isInstanceOf(Options.UsageException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "2026-11-30", "2026-11-30T09:15:00"})
    void a_moment_without_a_zone_is_none(String until) {
        assertThatThrownBy(() -> parse(Map.of(), "--restore=/mnt/backups", "--until", until))
                .isInstanceOf(Options.UsageException.class);
    }
}
