package io.mealexpense.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** A backup of 302 events, the last 102 of them not sealed in it, is restored where 600 had been sealed and published. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RecoveryTest {

    private static final int RESTORED = 302;
    private static final String LOST = "Positions 303 to 600, which had been sealed, are lost.";

    private History history;
    private Path folder;

    @BeforeEach
    void restore() {
        try (var lost = History.copy()) {
            folder = lost.folder;
        }
        history = History.copyOf(2, 102).publishingIn(folder);
    }

    @AfterEach
    void close() {
        history.close();
    }

    private Verdict verify(String... more) {
        var arguments = Stream.concat(history.keys().stream().flatMap(key -> Stream.of("--key", key)), Stream.of(more));
        return Verdict.on(history, folder, arguments.toArray(String[]::new));
    }

    private long recover() throws Exception {
        var position = history.closeAndDeclare();
        history.appendAndSeal(50);
        return position;
    }

    @Test
    void without_a_declaration_it_is_a_log_that_was_cut_off() {
        verify().firstIsAt(303, 600, "position");
    }

    @Test
    void a_declared_recovery_is_a_violation_until_somebody_accepts_it() throws Exception {
        assertThat(recover()).isEqualTo(RESTORED + 1);

        verify().alsoSays(LOST)
                .alsoSays("put back to position 302 by a recovery that 0000-an-administrator declared at ")
                .alsoSays("(The disk was lost)")
                .firstIsAt(303, "recovery");
        verify("--accept-recovery", "303")
                .alsoSays(LOST)
                .alsoSays("Accepted: at position 303")
                .isClean();
        verify("--accept-recovery", "302")
                .alsoSays("No recovery was declared at position 302.")
                .firstIsAt(303, "recovery");
    }

    @Test
    void old_checkpoints_stay_and_new_ones_have_a_name_a_key_and_a_folder_of_their_own() throws Exception {
        var before = files(folder);
        recover();

        assertThat(files(folder)).containsAll(before);
        var series = series();
        assertThat(series).matches("since-303-[0-9a-f]{8}");
        var keys = history.keys();
        assertThat(keys).hasSize(2);
        assertThat(keys.getLast()).startsWith(keys.getFirst().replaceFirst("\\+.*", "") + "/" + series + "+");
        var latest = Files.readAllLines(folder.resolve(series).resolve("checkpoint"));
        assertThat(latest.getFirst()).endsWith("/" + series);
        assertThat(latest.get(1)).isEqualTo("353");
        assertThat(Files.readString(folder.resolve("checkpoint")))
                .as("the old one")
                .contains("\n600\n");
    }

    private String series() throws Exception {
        try (var below = Files.list(folder)) {
            return below.map(path -> path.getFileName().toString())
                    .filter(name -> name.startsWith("since-"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static List<String> files(Path folder) throws Exception {
        try (var all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> {
                        try {
                            return folder.relativize(file) + " "
                                    + Files.readString(file).hashCode();
                        } catch (IOException failure) {
                            throw new UncheckedIOException(failure);
                        }
                    })
                    .toList();
        }
    }

    /** 256 and 300 were sealed after the backup was taken, of events that it has. */
    @Test
    void what_old_checkpoints_seal_of_the_restored_log_is_verified_whether_accepted_or_not() throws Exception {
        history.unlocked()
                .owner
                .sql("UPDATE event_store.domain_event SET payload = '{\"amount\": \"1.00\"}' WHERE position = 280")
                .update();
        recover();

        verify("--accept-recovery", "303").firstIsAt(257, 300, "unknown");
    }

    @Test
    void what_was_recorded_since_is_verified_wholly() throws Exception {
        recover();
        history.unlocked()
                .owner
                .sql("UPDATE event_store.domain_event SET payload = '{\"amount\": \"1.00\"}' WHERE position = 340")
                .update();

        verify("--accept-recovery", "303").firstIsAt(340, "payload");
    }

    @Test
    void a_new_end_that_was_cut_off_is_found_too() throws Exception {
        recover();
        history.unlocked();
        history.owner
                .sql("DELETE FROM event_store.domain_event WHERE position > 345")
                .update();
        history.owner.sql("UPDATE event_store.head SET position = 345").update();

        verify("--accept-recovery", "303").firstIsAt(346, 353, "position");
    }

    @Test
    void the_declaration_itself_cannot_be_taken_out_of_the_log() throws Exception {
        recover();
        history.unlocked();
        history.owner
                .sql("UPDATE event_store.domain_event SET name = 'MealExpenseAmended' WHERE position = 303")
                .update();

        var verdict = verify("--accept-recovery", "303");
        assertThat(verdict.exitCode()).isEqualTo(AuditVerify.VIOLATION);
        assertThat(verdict.output())
                .contains("position 303, name: it is not what was sealed")
                .contains(series());
    }

    @Test
    void without_the_folder_below_nothing_is_called_clean() throws Exception {
        recover();
        var copy = History.copyOf(folder);
        try (var below = Files.walk(copy.resolve(series()))) {
            below.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }

        var arguments = history.keys().stream().flatMap(key -> Stream.of("--key", key));
        Verdict.on(
                        history,
                        copy,
                        Stream.concat(arguments, Stream.of("--accept-recovery", "303"))
                                .toArray(String[]::new))
                .isNotCompleted();
    }

    @Test
    void old_checkpoints_that_were_taken_away_are_missed() throws Exception {
        recover();
        Files.delete(folder.resolve("sizes/000000/600"));
        Files.delete(folder.resolve("sizes/000000/512"));
        Files.copy(
                folder.resolve("sizes/000000/300"), folder.resolve("checkpoint"), StandardCopyOption.REPLACE_EXISTING);

        verify("--accept-recovery", "303")
                .alsoSays("one of this size was published when the recovery at position 303 was declared")
                .firstIsAt(600, "checkpoint");
    }

    @Test
    void a_second_recovery_is_accepted_for_itself() throws Exception {
        recover();
        history.closeForAnotherCluster();
        var second = history.declare();
        history.appendAndSeal(10);
        assertThat(second).isEqualTo(354);

        verify("--accept-recovery", "303").firstIsAt(354, "recovery");
        verify("--accept-recovery", "303", "--accept-recovery", "354")
                .alsoSays("Nothing that had been sealed and published is lost.")
                .isClean();
    }

    /** The same backup once more, because the first attempt came to nothing: both end at the same position. */
    @Test
    void a_backup_that_is_restored_twice_makes_two_names() throws Exception {
        recover();
        var first = series();
        history.close();
        history = History.copyOf(2, 102).publishingIn(folder);
        recover();

        assertThat(history.keys()).hasSize(2);
        var keys = Stream.concat(
                        Files.readAllLines(folder.resolve(first).resolve("log.vkey")).stream(), history.keys().stream())
                .distinct()
                .flatMap(key -> Stream.of("--key", key));
        Verdict.on(
                        history,
                        folder,
                        Stream.concat(keys, Stream.of("--accept-recovery", "303"))
                                .toArray(String[]::new))
                .alsoSays(LOST)
                .isClean();
    }

    @Test
    void a_folder_that_no_recovery_explains_is_a_violation() throws Exception {
        recover();
        Files.createDirectories(folder.resolve("since-17-01234567"));

        verify("--accept-recovery", "303").firstIsAt(17, "checkpoint");
    }

    @Test
    void who_verifies_from_a_checkpoint_after_it_has_accepted_it() throws Exception {
        recover();
        var root = Files.readAllLines(folder.resolve(series()).resolve("checkpoint"))
                .get(2);
        history.appendAndSeal(20);

        verify("--from-position", "353", "--trusted-root", root)
                .alsoSays("Before what was verified now, at position 303")
                .isClean();
    }
}
