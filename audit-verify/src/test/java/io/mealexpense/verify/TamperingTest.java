package io.mealexpense.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mealexpense.postgres.Role;
import io.mealexpense.postgres.SharedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whoever owns the database does to a copy of it what can be done to a log, and the program tells. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TamperingTest {

    private final List<History> open = new ArrayList<>();

    @AfterEach
    void close() {
        open.forEach(History::close);
    }

    private History copy() {
        return copyOf(History.SEALED.length, History.TAIL);
    }

    private History copyOf(int checkpoints, int tail) {
        var copy = History.copyOf(checkpoints, tail);
        open.add(copy);
        return copy;
    }

    // --- asking the program -----------------------------------------------------------------------------------------

    private static Verdict verify(History history) {
        return Verdict.on(history, history.folder);
    }

    private static Verdict verify(History history, Path folder) {
        return Verdict.on(history, folder);
    }

    // --- what is clean ----------------------------------------------------------------------------------------------

    @Test
    void an_untouched_copy_is_clean() {
        verify(copy())
                .alsoSays("620 events")
                .alsoSays("6 checkpoints, the last one seals 600")
                .isClean();
    }

    @Test
    void it_stays_clean_as_it_goes_on() throws Exception {
        var history = copy();
        history.appendAndSeal(700);
        verify(history).alsoSays("the last one seals 1,320").isClean();
    }

    @Test
    void it_is_clean_while_people_work_and_the_sealer_seals() throws Exception {
        var history = copy();
        try (var threads = Executors.newSingleThreadExecutor();
                var sealer = history.sealer()) {
            sealer.start();
            var working = threads.submit(() -> history.append(3_000));
            do {
                verify(history).isClean();
            } while (!working.isDone());
            working.get();
        }
        verify(history).alsoSays("3,000 events").isClean();
    }

    // --- events -----------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "payload        | 41  | replace(payload::text, '41.50', '41.51')::json",
                "payload        | 599 | replace(payload::text, '  ', ' ')::json",
                "payload        | 256 | '{}'::json",
                "metadata       | 257 | replace(metadata::text, '-0007-', '-0008-')::json",
                "recorded_at    | 43  | recorded_at - interval '1 microsecond'",
                "recorded_at    | 300 | 'infinity'",
                "recorded_at    | 1   | recorded_at + interval '100 years'",
                "command_id     | 44  | NULL",
                "command_id     | 45  | 'another'",
                "revision       | 46  | '2'",
                "name           | 47  | 'MealExpenseRestored'",
                "aggregate_type | 48  | 'Category'",
                "aggregate_id   | 49  | '00000000-0000-0000-0000-000000000001'",
                "sequence       | 50  | 99",
                "event_id       | 51  | '00000000-0000-0000-0000-000000000001'"
            })
    void a_changed_column_is_named(String column, long position, String value) {
        var history = copy().unlocked();
        history.owner
                .sql("UPDATE event_store.domain_event SET %s = %s WHERE position = ?".formatted(column, value))
                .param(position)
                .update();
        verify(history).firstIsAt(position, column);
    }

    @Test
    void swapped_payloads_are_found() {
        var history = copy().unlocked();
        history.owner.sql("""
                UPDATE event_store.domain_event e SET payload = o.payload FROM event_store.domain_event o
                WHERE e.position IN (70, 333) AND o.position = 403 - e.position
                """).update();
        verify(history)
                .alsoSays("VIOLATION position 333, payload")
                .alsoSays("2 violations")
                .firstIsAt(70, "payload");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 256, 257, 310, 600, 601, 610, History.LAST})
    void a_deleted_event_is_missed(long position) {
        var history = copy().unlocked();
        history.owner
                .sql("DELETE FROM event_store.domain_event WHERE position = ?")
                .param(position)
                .update();
        verify(history).firstIsAt(position, "position");
    }

    @Test
    void a_deleted_aggregate_is_missed() {
        var history = copy().unlocked();
        history.owner
                .sql("DELETE FROM event_store.domain_event WHERE aggregate_id = ?")
                .param(History.expense(151))
                .update();
        verify(history).firstIsAt(151, 153, "position");
    }

    @Test
    void a_deleted_aggregate_is_missed_although_the_gap_was_closed() {
        var history = copy().unlocked();
        history.owner
                .sql("DELETE FROM event_store.domain_event WHERE aggregate_id = ?")
                .param(History.expense(151))
                .update();
        shift(history, 154, -3);
        verify(history)
                .alsoSays("another event was sealed there")
                .firstIsAt(151, "aggregate_id, event_id, recorded_at, payload, metadata");
    }

    /** Moves all events from a position on, the head along with them. */
    private static void shift(History history, long from, int by) {
        history.owner
                .sql("UPDATE event_store.domain_event SET position = -position WHERE position >= ?")
                .param(from)
                .update();
        history.owner
                .sql("UPDATE event_store.domain_event SET position = ? - position WHERE position < 0")
                .param(by)
                .update();
        history.owner
                .sql("UPDATE event_store.head SET position = (SELECT max(position) FROM event_store.domain_event)")
                .update();
    }

    private static void insert(History history, long position, String recordedAt) {
        history.owner.sql("""
                        INSERT INTO event_store.domain_event (position, aggregate_type, aggregate_id, sequence,
                            event_id, name, revision, recorded_at, payload, metadata)
                        VALUES (?, 'MealExpense', gen_random_uuid(), 0, gen_random_uuid(), 'MealExpenseRecorded', '1',
                            %s, '{}', '{}')
                        """.formatted(recordedAt)).param(position).update();
    }

    @Test
    void an_event_that_was_put_in_between_is_found() {
        var history = copy().unlocked();
        shift(history, 120, 1);
        insert(history, 120, "(SELECT recorded_at FROM event_store.domain_event WHERE position = 119)");
        verify(history)
                .firstIsAt(120, "aggregate_id, sequence, event_id, name, recorded_at, command_id, payload, metadata");
    }

    @Test
    void a_back_dated_event_at_the_end_is_found_although_it_is_not_sealed_yet() {
        var history = copy();
        insert(history, History.LAST + 1, "'2025-12-24'");
        history.owner.sql("UPDATE event_store.head SET position = position + 1").update();
        verify(history).firstIsAt(History.LAST + 1, "recorded_at");
    }

    @Test
    void a_back_dated_event_before_the_first_is_found() {
        var history = copy();
        insert(history, 0, "'2025-12-24'");
        verify(history).firstIsAt(0, "position");
    }

    @Test
    void renumbered_events_are_found() {
        var history = copy().unlocked();
        history.owner
                .sql("UPDATE event_store.domain_event SET position = -position WHERE position IN (30, 40)")
                .update();
        history.owner
                .sql("UPDATE event_store.domain_event SET position = 70 + position WHERE position < 0")
                .update();
        verify(history)
                .alsoSays("VIOLATION position 40, ")
                .alsoSays("another event was sealed there")
                .firstIsAt(30, "aggregate_id, sequence, event_id, name, recorded_at, command_id, payload");
    }

    @Test
    void events_in_the_tail_must_follow_each_other() {
        var history = copy().unlocked();
        history.owner
                .sql("UPDATE event_store.domain_event SET sequence = 7 WHERE position = 608")
                .update();
        verify(history).firstIsAt(608, "sequence");
    }

    @Test
    void the_head_row_must_be_where_the_log_ends() {
        var ahead = copy();
        ahead.owner.sql("UPDATE event_store.head SET position = position + 2").update();
        verify(ahead).firstIsAt(History.LAST + 1, History.LAST + 2, "position");
        var behind = copy();
        behind.owner.sql("UPDATE event_store.head SET position = position - 2").update();
        verify(behind).firstIsAt(History.LAST - 1, "head");
        var gone = copy().unlocked();
        gone.owner.sql("DELETE FROM event_store.head").update();
        verify(gone).firstIsAt(History.LAST + 1, "head");
    }

    // --- the end of the log -----------------------------------------------------------------------------------------

    /** All traces in the database are gone with it: only what was published tells. */
    @Test
    void a_dropped_tail_is_missed() {
        var history = copy().unlocked();
        history.owner
                .sql("DELETE FROM event_store.domain_event WHERE position > 290")
                .update();
        history.owner.sql("UPDATE event_store.head SET position = 290").update();
        verify(history).firstIsAt(291, 600, "position");

        history.owner.sql("DELETE FROM seal.checkpoint WHERE size > 256").update();
        verify(history).firstIsAt(291, 600, "position");
    }

    @Test
    void the_last_sealed_event_is_missed_although_the_head_was_moved_back() {
        var history = copyOf(4, 0).unlocked();
        history.owner
                .sql("DELETE FROM event_store.domain_event WHERE position = 300")
                .update();
        history.owner.sql("UPDATE event_store.head SET position = 299").update();
        verify(history).firstIsAt(300, "position");
    }

    @Test
    void a_restored_older_dump_is_told_from_the_log_it_replaced() {
        var now = copy();
        var older = copyOf(4, 5);
        verify(older).isClean();
        verify(older, now.folder).firstIsAt(306, 600, "position");
    }

    @Test
    void an_older_dump_that_went_on_differently_is_found() throws Exception {
        var now = copy();
        var older = copyOf(4, 0);
        for (var position = 301; position <= 700; position++) {
            insert(older, position, "(SELECT max(recorded_at) FROM event_store.domain_event)");
        }
        older.owner
                .sql("UPDATE event_store.head SET position = 700, at = 'now'")
                .update();
        older.appendAndSeal(0);
        verify(older).isClean();
        verify(older, now.folder).alsoSays("that the database does not have").firstIsAt(301, 512, "unknown");
    }

    // --- the seal itself --------------------------------------------------------------------------------------------

    @Test
    void a_log_that_was_sealed_anew_after_a_change_is_found() throws Exception {
        var history = copy().unlocked();
        history.owner
                .sql("UPDATE event_store.domain_event SET payload = '{}' WHERE position = 210")
                .update();
        history.sealAnewAsSomebodyElse();
        verify(history).alsoSays("its signature is not by a known key").firstIsAt(201, 256, "unknown");
    }

    @Test
    void it_is_found_too_if_the_old_checkpoints_were_kept() throws Exception {
        var history = copy().unlocked();
        history.owner
                .sql("CREATE TEMPORARY TABLE kept AS SELECT * FROM seal.checkpoint")
                .update();
        history.owner
                .sql("UPDATE event_store.domain_event SET payload = '{}' WHERE position = 210")
                .update();
        history.sealAnewAsSomebodyElse();
        history.owner.sql("DELETE FROM seal.checkpoint").update();
        history.owner.sql("INSERT INTO seal.checkpoint SELECT * FROM kept").update();
        verify(history).firstIsAt(201, 256, "unknown");
    }

    @Test
    void a_log_of_one_checkpoint_that_was_sealed_anew_is_found() throws Exception {
        var history = copyOf(1, 0).unlocked();
        history.owner
                .sql("UPDATE event_store.domain_event SET payload = '{}' WHERE position = 7")
                .update();
        history.sealAnewAsSomebodyElse();
        verify(history).firstIsAt(1, 100, "unknown");
    }

    /** With all that was published: no checkpoint of the log's own key is left. */
    @Test
    void a_log_of_which_nothing_is_sealed_by_a_known_key_is_found() throws Exception {
        var history = copy().unlocked();
        var theirs = history.sealAnewAsSomebodyElse();
        verify(history, theirs)
                .alsoSays("No checkpoint is signed by a key that was given")
                .alsoSays("position 620, checkpoint: the note in the database cannot be trusted")
                .firstIsAt(1, "checkpoint");

        Files.delete(theirs.resolve("checkpoint"));
        verify(history, theirs).firstIsAt(620, "checkpoint");
        verify(history, Files.createTempDirectory("empty")).firstIsAt(620, "checkpoint");
        history.owner.sql("DELETE FROM seal.checkpoint").update();
        verify(history, theirs).firstIsAt(620, "checkpoint");
    }

    @Test
    void a_changed_leaf_is_not_taken_for_a_changed_event() {
        var history = copy().unlocked();
        history.owner
                .sql("UPDATE seal.tile SET hashes = set_byte(hashes, 32 * 9 + 5, get_byte(hashes, 32 * 9 + 5) # 1)"
                        + " WHERE level = 0 AND index = 1")
                .update();
        verify(history).alsoSays("the event was not").firstIsAt(266, "tile");
    }

    @Test
    void a_changed_fingerprint_is_not_taken_for_a_changed_event() {
        var history = copy().unlocked();
        history.owner
                .sql("UPDATE seal.tile SET fingerprints = set_byte(fingerprints, 44 * 9,"
                        + " get_byte(fingerprints, 44 * 9) # 1) WHERE level = 0 AND index = 0")
                .update();
        verify(history).alsoSays("the event was not").firstIsAt(10, "tile");
    }

    @Test
    void a_changed_tile_above_the_leaves_is_found() {
        var history = copy().unlocked();
        history.owner
                .sql("UPDATE seal.tile SET hashes = set_byte(hashes, 40, get_byte(hashes, 40) # 1) WHERE level = 1")
                .update();
        verify(history).firstIsAt(1, 512, "tile");
    }

    @Test
    void a_missing_tile_is_found() {
        var history = copy().unlocked();
        history.owner.sql("DELETE FROM seal.tile WHERE level = 0 AND index = 1").update();
        verify(history).firstIsAt(257, "tile");
    }

    @Test
    void a_changed_or_missing_checkpoint_is_found() {
        var changed = copy().unlocked();
        changed.owner
                .sql("UPDATE seal.checkpoint SET note = replace(note, '256', '255') WHERE size = 256")
                .update();
        verify(changed).alsoSays("cannot be trusted").firstIsAt(256, "checkpoint");
        var root = copy().unlocked();
        root.owner
                .sql("UPDATE seal.checkpoint SET root = sha256(root) WHERE size = 256")
                .update();
        verify(root).firstIsAt(256, "checkpoint");
        var missing = copy().unlocked();
        missing.owner.sql("DELETE FROM seal.checkpoint WHERE size = 300").update();
        verify(missing).firstIsAt(300, "checkpoint");
        var all = copy().unlocked();
        all.owner.sql("DELETE FROM seal.checkpoint").update();
        verify(all).firstIsAt(100, "checkpoint");
    }

    @Test
    void what_was_published_must_be_what_the_database_has() throws Exception {
        var changed = copy();
        var file = changed.folder.resolve("sizes/000000/256");
        Files.writeString(file, Files.readString(file).replace("256", "255"));
        verify(changed).alsoSays("the published one").firstIsAt(256, "checkpoint");
        var missing = copy();
        Files.delete(missing.folder.resolve("sizes/000000/200"));
        verify(missing).firstIsAt(200, "checkpoint");
        var last = copy();
        Files.writeString(last.folder.resolve("checkpoint"), "nonsense\n");
        verify(last).firstIsAt(1, "checkpoint");
    }

    @Test
    void a_trigger_that_is_off_is_told() {
        verify(copy().unlocked()).alsoSays("refuses rewriting").isClean();
    }

    // --- what cannot be found out -----------------------------------------------------------------------------------

    /** Cut off in the database, and emptied where it was published: nothing tells any more, and that is told. */
    @Test
    void a_folder_without_checkpoints_makes_nothing_clean() throws Exception {
        var history = copy();
        var empty = Files.createTempDirectory("empty");
        verify(history, empty).alsoSays(empty + " has no file 'checkpoint'").isNotCompleted();
        verify(copyOf(4, 0), empty).alsoSays("--without-published").isNotCompleted();
        Files.createDirectories(empty.resolve("sizes/000000"));
        verify(history, empty).isNotCompleted();
    }

    @Test
    void what_is_wrong_is_named_although_the_folder_is_empty() throws Exception {
        var history = copy().unlocked();
        history.owner
                .sql("UPDATE event_store.domain_event SET payload = '{}' WHERE position = 210")
                .update();
        verify(history, Files.createTempDirectory("empty")).firstIsAt(210, "payload");
    }

    /** Then checkpoints could be missing too, and nobody would miss them. */
    @Test
    void a_folder_without_the_last_checkpoint_makes_nothing_clean() throws Exception {
        var history = copy();
        Files.delete(history.folder.resolve("checkpoint"));
        verify(history).isNotCompleted();
        Files.delete(history.folder.resolve("sizes/000000/300"));
        verify(history).isNotCompleted();
    }

    @Test
    void what_cannot_be_verified_is_not_called_clean() throws Exception {
        var history = copy();
        var url = history.database.url();
        var password =
                Verdict.passwordFile(history.database.password(Role.AUDITOR)).toString();
        var folder = history.folder.toString();
        var key = History.key();
        var unsealed = SharedPostgres.database("unsealed", History::migrate);
        for (var arguments : List.of(
                List.of(
                        "--url",
                        url,
                        "--password-file",
                        Verdict.passwordFile("wrong").toString(),
                        "--checkpoints",
                        folder,
                        "--key",
                        key),
                List.of(
                        "--url",
                        url.replace("127.0.0.1:", "127.0.0.1:1"),
                        "--password-file",
                        password,
                        "--checkpoints",
                        folder,
                        "--key",
                        key),
                List.of("--url", url, "--password-file", password, "--checkpoints", folder + "x", "--key", key),
                List.of("--url", url, "--password-file", password, "--key", key),
                List.of("--url", url, "--password-file", password, "--checkpoints", folder),
                List.of("--url", url, "--password-file", password, "--checkpoints", folder, "--key", "no key"),
                List.of(
                        "--url",
                        url,
                        "--user",
                        "meals_query",
                        "--password-file",
                        password,
                        "--checkpoints",
                        folder,
                        "--key",
                        key),
                List.of(
                        "--url",
                        unsealed.url(),
                        "--password-file",
                        password,
                        "--checkpoints",
                        Files.createTempDirectory("empty").toString(),
                        "--key",
                        key),
                List.of("--surprise"))) {
            var verdict = Verdict.of(arguments.toArray(String[]::new));
            assertThat(verdict.exitCode()).as(arguments + verdict.output()).isEqualTo(AuditVerify.NOT_COMPLETED);
            assertThat(verdict.output()).contains("Not verified.").doesNotContain("Clean");
        }
    }

    @Test
    void published_checkpoints_can_be_done_without_by_saying_so() {
        var history = copy();
        var verdict = Verdict.of(
                "--url",
                history.database.url(),
                "--password-file",
                Verdict.passwordFile(history.database.password(Role.AUDITOR)).toString(),
                "--without-published",
                "--key",
                History.key());
        verdict.alsoSays("would not be noticed").isClean();
    }

    @Test
    void the_auditor_can_read_the_log_and_its_seal_and_nothing_else() {
        var history = copy();
        var auditor = JdbcClient.create(History.as(Role.AUDITOR, history.database));
        assertThat(auditor.sql("SELECT count(*) FROM event_store.domain_event")
                        .query(Long.class)
                        .single())
                .isEqualTo(History.LAST);
        for (var denied : List.of(
                "SELECT private_key FROM seal.signing_key",
                "INSERT INTO seal.checkpoint (size, root, note) VALUES (9999, sha256(''), '')",
                "UPDATE event_store.head SET position = 0",
                "UPDATE seal.tile SET hashes = hashes",
                "DELETE FROM seal.tile")) {
            assertThatThrownBy(() -> auditor.sql("SET transaction_read_only = off; " + denied)
                            .update())
                    .as(denied)
                    .rootCause()
                    .hasMessageContaining("permission denied");
        }
    }
}
