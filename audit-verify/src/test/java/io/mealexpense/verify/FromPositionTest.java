package io.mealexpense.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.mealexpense.merkle.note.Checkpoint;
import io.mealexpense.merkle.note.VerifierKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody verified the log up to a checkpoint once, kept that, and verifies what came after it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FromPositionTest {

    private final List<History> open = new ArrayList<>();

    @TempDir
    private Path kept;

    @AfterEach
    void close() {
        open.forEach(History::close);
    }

    private History copy() {
        var copy = History.copy();
        open.add(copy);
        return copy;
    }

    private static Path published(History history, long size) {
        return history.folder.resolve("sizes/000000/" + size);
    }

    /** The checkpoint of this size as it is kept from before anything happens to the history. */
    private Path keep(History history, long size) throws Exception {
        return Files.copy(published(history, size), kept.resolve("checkpoint-" + size));
    }

    private static Verdict verifyFrom(History history, long size, Path checkpoint) {
        return Verdict.on(
                history,
                history.folder,
                "--from-position",
                Long.toString(size),
                "--trusted-checkpoint",
                checkpoint.toString());
    }

    private static String root(Path checkpoint) throws Exception {
        var opened = Checkpoint.open(Files.readString(checkpoint), List.of(VerifierKey.parse(History.key())));
        return Base64.getEncoder().encodeToString(opened.root());
    }

    private static void change(History history, String column, String value, long position) {
        history.owner
                .sql("UPDATE event_store.domain_event SET %s = %s WHERE position = ?".formatted(column, value))
                .param(position)
                .update();
    }

    @ParameterizedTest
    @ValueSource(longs = {100, 200, 256, 300, 512, 600})
    void what_comes_after_a_kept_checkpoint_is_clean(long size) throws Exception {
        var history = copy();
        verifyFrom(history, size, keep(history, size))
                .alsoSays((620 - size) + " events read")
                .alsoSays("Positions 1 to " + size + " were not read")
                .isClean();
        Verdict.on(
                        history,
                        history.folder,
                        "--from-position",
                        Long.toString(size),
                        "--trusted-root",
                        root(published(history, size)))
                .isClean();
    }

    @Test
    void it_stays_clean_as_the_log_goes_on() throws Exception {
        var history = copy();
        var checkpoint = keep(history, 600);
        history.appendAndSeal(700);
        verifyFrom(history, 600, checkpoint).alsoSays("720 events read").isClean();
    }

    @ParameterizedTest
    @ValueSource(longs = {301, 400, 512, 513, 600})
    void what_was_changed_after_it_is_named(long position) throws Exception {
        var history = copy().unlocked();
        var checkpoint = keep(history, 300);
        change(history, "payload", "'{}'::json", position);
        verifyFrom(history, 300, checkpoint).firstIsAt(position, "payload");
    }

    @Test
    void what_is_missing_after_it_is_named() throws Exception {
        var history = copy().unlocked();
        var checkpoint = keep(history, 300);
        history.owner
                .sql("DELETE FROM event_store.domain_event WHERE position = 301")
                .update();
        verifyFrom(history, 300, checkpoint).firstIsAt(301, "position");
    }

    @Test
    void what_was_changed_before_it_is_for_a_whole_verification_to_find() throws Exception {
        var history = copy().unlocked();
        var checkpoint = keep(history, 300);
        change(history, "payload", "'{}'::json", 41);
        verifyFrom(history, 300, checkpoint)
                .alsoSays("Positions 1 to 300 were not read")
                .isClean();
        Verdict.on(history, history.folder).firstIsAt(41, "payload");
    }

    @Test
    void the_last_event_that_it_seals_must_be_there() throws Exception {
        var history = copy().unlocked();
        var checkpoint = keep(history, 300);
        change(history, "recorded_at", "recorded_at + interval '1 second'", 300);
        verifyFrom(history, 300, checkpoint).firstIsAt(300, "recorded_at");
        history.owner
                .sql("DELETE FROM event_store.domain_event WHERE position = 300")
                .update();
        verifyFrom(history, 300, checkpoint).firstIsAt(300, "position");
    }

    /** After 200 events an expense has two of its three. */
    @Test
    void sequences_go_on_across_it() throws Exception {
        var history = copy().unlocked();
        var checkpoint = keep(history, 600);
        assertThat(History.expense(602)).isEqualTo(History.expense(601));
        verifyFrom(history, 600, checkpoint).isClean();
        verifyFrom(history, 200, keep(history, 200)).isClean();
        change(history, "sequence", "7", 602);
        verifyFrom(history, 600, checkpoint).firstIsAt(602, "sequence");
        verifyFrom(history, 200, kept.resolve("checkpoint-200")).firstIsAt(602, "sequence");
    }

    @Test
    void times_do_not_run_back_across_it() throws Exception {
        var history = copy().unlocked();
        var checkpoint = keep(history, 600);
        change(history, "recorded_at", "recorded_at - interval '1 day'", 601);
        verifyFrom(history, 600, checkpoint).firstIsAt(601, "recorded_at");
    }

    @Test
    void a_log_that_ends_before_it_is_named() throws Exception {
        var history = copy().unlocked();
        var checkpoint = keep(history, 600);
        history.owner
                .sql("DELETE FROM event_store.domain_event WHERE position > 290")
                .update();
        history.owner.sql("UPDATE event_store.head SET position = 290").update();
        verifyFrom(history, 600, checkpoint).firstIsAt(291, 600, "position");
    }

    /** Rewritten, sealed anew by another key, and published in place of the old ones: only what was kept tells. */
    @Test
    void a_log_that_was_rewritten_before_it_and_sealed_anew_is_found() throws Exception {
        var history = copy().unlocked();
        var size = keep(history, 600);
        var root = root(size);
        change(history, "payload", "'{}'::json", 41);
        history.sealAnewAsSomebodyElse();
        var theirs = history.owner
                .sql("SELECT verifier_key FROM seal.signing_key")
                .query(String.class)
                .single();
        Verdict.on(
                        history,
                        Files.createTempDirectory("nothing-published"),
                        "--key",
                        theirs,
                        "--from-position",
                        "600",
                        "--trusted-root",
                        root)
                .firstIsAt(1, 600, "tile");
    }

    @Test
    void tiles_that_are_missing_are_named() throws Exception {
        var history = copy().unlocked();
        var checkpoint = keep(history, 600);
        history.owner.sql("DELETE FROM seal.tile WHERE level = 1").update();
        verifyFrom(history, 600, checkpoint)
                .alsoSays("tile 0 of level 1 is missing")
                .firstIsAt(1, 600, "tile");
    }

    @Test
    void a_checkpoint_that_cannot_be_trusted_is_no_place_to_begin() throws Exception {
        var history = copy();
        var forged = Files.writeString(
                kept.resolve("forged"),
                Files.readString(published(history, 300)).replace("\n300\n", "\n200\n"));
        verifyFrom(history, 200, forged).alsoSays("cannot be trusted").isNotCompleted();
        verifyFrom(history, 200, published(history, 300))
                .alsoSays("is of size 300")
                .isNotCompleted();
        verifyFrom(history, 200, kept.resolve("nowhere")).isNotCompleted();
        for (var arguments : List.of(
                List.of("--from-position", "200"),
                List.of("--from-position", "0", "--trusted-root", root(published(history, 200))),
                List.of("--from-position", "200", "--trusted-root", "AAAA"),
                List.of("--from-position", "200", "--trusted-root", "nonsense!"),
                List.of("--trusted-root", root(published(history, 200))),
                List.of("--trusted-checkpoint", published(history, 200).toString()))) {
            Verdict.on(history, history.folder, arguments.toArray(String[]::new))
                    .isNotCompleted();
        }
        // a root of something else
        Verdict.on(history, history.folder, "--from-position", "200", "--trusted-root", root(published(history, 300)))
                .firstIsAt(1, 200, "tile");
    }
}
