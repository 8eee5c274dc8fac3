package io.mealexpense.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.mealexpense.merkle.note.VerifierKey;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The log is sealed by one key and from some day on by another. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class KeyRotationTest {

    private final History history = History.copy();
    private Instant today;

    @BeforeEach
    void know_the_time() {
        today = history.now();
    }

    @AfterEach
    void close() {
        history.close();
    }

    private String lastNote() {
        return history.owner
                .sql("SELECT note FROM seal.checkpoint ORDER BY size DESC LIMIT 1")
                .query(String.class)
                .single();
    }

    private Verdict verify(String... keys) {
        var arguments = new String[2 * keys.length];
        for (var i = 0; i < keys.length; i++) {
            arguments[2 * i] = "--key";
            arguments[2 * i + 1] = keys[i];
        }
        return Verdict.on(history, history.folder, arguments);
    }

    @Test
    void the_new_key_signs_and_both_verify() throws Exception {
        history.appendAndSealByAKeyMadeAfter(today, 300);
        history.appendAndSeal(50);

        var keys = history.keys();
        assertThat(keys).hasSize(2).startsWith(History.key());
        var old = VerifierKey.parse(keys.get(0));
        var fresh = VerifierKey.parse(keys.get(1));
        assertThat(fresh.name()).as("the log's name").isEqualTo(old.name());
        assertThat(Files.readAllLines(history.folder.resolve("log.vkey"))).isEqualTo(keys);
        verify(keys.get(0), keys.get(1)).alsoSays("the last one seals 970").isClean();
        verify(keys.get(1), keys.get(0)).isClean();
        Verdict.on(
                        history,
                        history.folder,
                        "--key",
                        keys.get(1),
                        "--key-file",
                        history.folder.resolve("log.vkey").toString())
                .isClean();
    }

    @Test
    void one_key_alone_does_not_verify_what_the_other_signed() throws Exception {
        history.appendAndSealByAKeyMadeAfter(today, 300);
        var keys = history.keys();

        verify(keys.get(0)).alsoSays("cannot be trusted").firstIsAt(1, "checkpoint");
        verify(keys.get(1)).alsoSays("cannot be trusted").firstIsAt(100, "checkpoint");
    }

    /** The way out where the old key may be in wrong hands. */
    @Test
    void from_the_last_checkpoint_of_the_old_key_on_the_new_one_is_enough() throws Exception {
        history.appendAndSealByAKeyMadeAfter(today, 300);
        var keys = history.keys();
        var root =
                Files.readAllLines(history.folder.resolve("sizes/000000/600")).get(2);

        Verdict.on(history, history.folder, "--key", keys.get(1), "--from-position", "600", "--trusted-root", root)
                .isClean();
    }

    @Test
    void nothing_more_is_changed_at_the_next_start() throws Exception {
        history.appendAndSealByAKeyMadeAfter(today, 10);
        var keys = history.keys();
        history.appendAndSealByAKeyMadeAfter(today, 10);
        history.appendAndSeal(10);
        assertThat(history.keys()).isEqualTo(keys);
        verify(keys.get(0), keys.get(1)).isClean();
    }

    @Test
    void a_key_that_is_young_enough_stays_and_so_does_one_before_its_day_has_come() throws Exception {
        history.appendAndSealByAKeyMadeAfter(today.minusSeconds(86_400), 10);
        assertThat(history.keys()).containsExactly(History.key());
        history.appendAndSealByAKeyMadeAfter(today.plusSeconds(86_400), 10);
        assertThat(history.keys()).containsExactly(History.key());
    }

    @Test
    void a_forged_checkpoint_of_neither_key_is_found() throws Exception {
        history.appendAndSealByAKeyMadeAfter(today, 10);
        var keys = history.keys();
        history.unlocked()
                .owner
                .sql("UPDATE seal.checkpoint SET note = replace(note, ?, ?) WHERE size = 630")
                .params(lastNote().lines().toList().get(2), root("300"))
                .update();
        verify(keys.get(0), keys.get(1)).firstIsAt(630, "checkpoint");
    }

    private String root(String size) throws Exception {
        return Files.readAllLines(history.folder.resolve("sizes/000000/" + size))
                .get(2);
    }

    @Test
    void published_keys_are_kept_however_often_the_sealer_starts() throws Exception {
        history.appendAndSealByAKeyMadeAfter(today, 10);
        Files.delete(history.folder.resolve("log.vkey"));
        history.appendAndSeal(10);
        assertThat(Files.readAllLines(history.folder.resolve("log.vkey"))).isEqualTo(List.copyOf(history.keys()));
    }
}
