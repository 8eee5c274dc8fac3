package io.mealexpense.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.mealexpense.merkle.InclusionPaths;
import io.mealexpense.merkle.Tiles;
import io.mealexpense.merkle.TreeHasher;
import io.mealexpense.merkle.event.EventLeaf;
import io.mealexpense.merkle.event.LoggedEvent;
import io.mealexpense.merkle.note.Checkpoint;
import io.mealexpense.merkle.note.VerifierKey;
import io.mealexpense.merkle.pack.PackFile;
import io.mealexpense.merkle.pack.PackSubject;
import io.mealexpense.merkle.pack.PackSubject.OfExpense;
import io.mealexpense.merkle.pack.PackSubject.OfPeriod;
import io.mealexpense.merkle.pack.ProofPackWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A proof pack that somebody has as a file, and what can be done to it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PackFileTest {

    /** First of the three events of an expense. */
    private static final long FIRST = 40;

    private static final UUID OWNER = new UUID(3, 1);
    private static final LocalDate MARCH = LocalDate.of(2026, 3, 1);

    private static History history;

    @TempDir
    private Path folder;

    @BeforeAll
    static void grow() {
        history = History.copy();
    }

    @AfterAll
    static void close() {
        history.close();
    }

    // --- making packs -----------------------------------------------------------------------------------------------

    private static byte[] tile(History history, String column, int level, long index) {
        return history.owner
                .sql("SELECT " + column + " FROM seal.tile WHERE level = ? AND index = ?")
                .params(level, index)
                .query(byte[].class)
                .single();
    }

    private static byte[] fingerprints(History history, long position) {
        var place = (int) ((position - 1) % Tiles.WIDTH) * EventLeaf.FINGERPRINTS;
        var all = tile(history, "fingerprints", 0, (position - 1) / Tiles.WIDTH);
        return Arrays.copyOfRange(all, place, place + EventLeaf.FINGERPRINTS);
    }

    private Path pack(String name, PackSubject subject, long... positions) throws Exception {
        return pack(history, name, subject, positions);
    }

    private Path pack(History history, String name, PackSubject subject, long... positions) throws Exception {
        var note = history.owner
                .sql("SELECT note FROM seal.checkpoint ORDER BY size DESC LIMIT 1")
                .query(String.class)
                .single();
        var keys = List.of(VerifierKey.parse(History.key()));
        var checkpoint = Checkpoint.open(note, keys);
        var file = folder.resolve(name);
        var paths = new InclusionPaths((level, index) -> tile(history, "hashes", level, index));
        try (var pack = new ProofPackWriter(Files.newOutputStream(file), subject, note, checkpoint, keys)) {
            for (var position : positions) {
                pack.event(history.owner
                        .sql("SELECT " + LoggedEvent.COLUMNS + " FROM event_store.domain_event WHERE position = ?")
                        .param(position)
                        .query((row, number) -> LoggedEvent.of(row))
                        .single());
            }
            for (var position : positions) {
                pack.proof(position, fingerprints(history, position), paths.of(position - 1, checkpoint.size()));
            }
            pack.finish();
        }
        return file;
    }

    private Path pack() throws Exception {
        return pack("expense.zip", new OfExpense(History.expense(FIRST)), FIRST, FIRST + 1, FIRST + 2);
    }

    private static Map<String, byte[]> files(Path pack) throws IOException {
        var files = new LinkedHashMap<String, byte[]>();
        try (var zip = new ZipFile(pack.toFile())) {
            for (var entry : zip.stream().toList()) {
                try (var in = zip.getInputStream(entry)) {
                    files.put(entry.getName(), in.readAllBytes());
                }
            }
        }
        return files;
    }

    private Path zip(Map<String, byte[]> files) throws IOException {
        var file = folder.resolve("changed.zip");
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (var entry : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return file;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Changes a file, and the manifest so that it says what the file is now: who changes one can change both. */
    private Path changed(Path pack, PackFile file, UnaryOperator<String> change) throws IOException {
        var files = files(pack);
        var before = files.get(file.fileName());
        var after = text(change.apply(text(before)));
        assertThat(after).isNotEqualTo(before);
        files.put(file.fileName(), after);
        files.computeIfPresent(
                PackFile.MANIFEST.fileName(),
                (name, manifest) -> text(text(manifest)
                        .replace(sha256(before), sha256(after))
                        .replace("\"bytes\": " + before.length + ",", "\"bytes\": " + after.length + ",")));
        return zip(files);
    }

    private static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(TreeHasher.sha256().digest(bytes));
    }

    // --- asking the program -----------------------------------------------------------------------------------------

    private record Verdict(int exitCode, String said) {

        void isProved() {
            assertThat(said).contains("Proved: ").doesNotContain("VIOLATION");
            assertThat(exitCode).isEqualTo(AuditVerify.CLEAN);
        }

        void isRefused(String first) {
            assertThat(exitCode).as(said).isEqualTo(AuditVerify.VIOLATION);
            assertThat(said).contains("; the first: " + first).doesNotContain("Proved: ");
        }
    }

    private static Verdict check(Path pack) {
        return run("pack", pack.toString(), "--key", History.key());
    }

    private static Verdict run(String... arguments) {
        var said = new ByteArrayOutputStream();
        var stream = new PrintStream(said, true, StandardCharsets.UTF_8);
        var exitCode = new AuditVerify(stream, stream).run(arguments);
        return new Verdict(exitCode, said.toString(StandardCharsets.UTF_8));
    }

    // --- what is proved ---------------------------------------------------------------------------------------------

    @Test
    void a_pack_is_proved_by_the_key_that_one_has() throws Exception {
        var verdict = check(pack());
        verdict.isProved();
        assertThat(verdict.said())
                .contains(
                        "600 events, holds these 3 events, unchanged: the expense " + History.expense(FIRST),
                        "from its beginning, without a gap",
                        "Not proved: that nothing happened to it after position 42.")
                .doesNotContain("Remark");
    }

    /** Nobody signs how many events there are: it looks like a pack that was taken before the others were recorded. */
    @Test
    void a_pack_without_the_last_events_is_not_said_to_be_all_that_happened() throws Exception {
        var verdict = check(pack("first.zip", new OfExpense(History.expense(FIRST)), FIRST));
        verdict.isProved();
        assertThat(verdict.said())
                .contains("holds this 1 event, unchanged", "Not proved: that nothing happened to it after position 40.")
                .doesNotContain("what happened to");
    }

    // --- of a period ------------------------------------------------------------------------------------------------

    /** A log that ends with two expenses of an owner: the first is moved from March to April, the second stays in March. */
    private static History ofMarch() throws Exception {
        var history = History.copyOf(1, 0);
        for (var line : List.of("1 0 2026-03-31", "1 1 2026-04-01", "2 0 2026-03-15")) {
            var parts = line.split(" ");
            history.owner
                    .sql("""
                            WITH head AS (UPDATE event_store.head SET position = position + 1 RETURNING position, at)
                            INSERT INTO event_store.domain_event (position, aggregate_type, aggregate_id, sequence,
                                event_id, name, revision, recorded_at, payload, metadata)
                            SELECT position, 'MealExpense', ?, ?, gen_random_uuid(), 'MealExpenseRecorded', '1', at,
                                json_build_object('ownerId', ?::text, 'spentOn', ?::text), '{}' FROM head
                            """)
                    .params(expense(parts[0]), Long.valueOf(parts[1]), OWNER, parts[2])
                    .update();
        }
        history.appendAndSeal(0);
        return history;
    }

    private static UUID expense(String number) {
        return new UUID(4, Long.parseLong(number));
    }

    private static OfPeriod period(LocalDate from, LocalDate to) {
        return new OfPeriod(OWNER, from, to);
    }

    @Test
    void the_expenses_of_a_period_are_proved_and_not_that_they_are_all() throws Exception {
        try (var log = ofMarch()) {
            var verdict = check(pack(log, "march.zip", period(MARCH, MARCH.plusDays(30)), 101, 102, 103));
            verdict.isProved();
            assertThat(verdict.said())
                    .contains(
                            "103 events, holds these 3 events, unchanged: 2 expenses of the account " + OWNER,
                            "each from its beginning, without a gap",
                            "at some time dated 2026-03-01 to 2026-03-31",
                            "Not proved: that nothing happened to them later, nor that the account has no other expenses of"
                                    + " that period.");

            // one of them left out, and a period that nobody asked for
            for (var cut : List.of(
                    pack(log, "one.zip", period(MARCH, MARCH.plusDays(30)), 103),
                    pack(log, "year.zip", period(MARCH, LocalDate.of(2026, 12, 31)), 103))) {
                var some = check(cut);
                some.isProved();
                assertThat(some.said())
                        .contains("1 expense of the account", "no other expenses of that period")
                        .doesNotContain("what happened to", "the expenses of the account");
            }
        }
    }

    @Test
    void an_expense_of_another_period_or_owner_or_without_its_beginning_is_named() throws Exception {
        try (var log = ofMarch()) {
            check(pack(log, "april.zip", period(MARCH.plusDays(31), MARCH.plusDays(40)), 101, 102, 103))
                    .isRefused("events.ndjson: the expense %s was never in the period".formatted(expense("2")));
            check(pack(log, "other.zip", new OfPeriod(new UUID(3, 2), MARCH, MARCH.plusDays(30)), 101, 102, 103))
                    .isRefused("events.ndjson, position 101, payload: MANIFEST.json says");
            check(pack(log, "headless.zip", period(MARCH, MARCH.plusDays(40)), 102, 103))
                    .isRefused("events.ndjson, position 102, sequence: it is 1");
        }
    }

    @Test
    void without_a_key_the_one_in_the_pack_is_used_and_said_to_be() throws Exception {
        var verdict = run("pack", pack().toString());
        verdict.isProved();
        assertThat(verdict.said()).contains("Remark: the key in the pack was used");
    }

    @Test
    void the_same_content_gives_the_same_bytes() throws Exception {
        assertThat(Files.readAllBytes(pack())).isEqualTo(Files.readAllBytes(pack()));
    }

    // --- what is not ------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource(PackFile.class)
    void every_file_is_named_if_a_byte_of_it_was_changed(PackFile file) throws Exception {
        var pack = pack();
        var content = files(pack).get(file.fileName());
        for (var at = 0; at < content.length; at += Math.max(1, content.length / 40)) {
            var files = files(pack);
            files.get(file.fileName())[at] ^= 0x04;
            var verdict = check(zip(files));
            assertThat(verdict.exitCode())
                    .as("%s, byte %d: %s", file, at, verdict.said())
                    .isEqualTo(1);
            assertThat(verdict.said()).as("byte %d", at).contains(file.fileName());
        }
    }

    @ParameterizedTest
    @EnumSource(PackFile.class)
    void every_file_is_named_if_it_is_missing(PackFile file) throws Exception {
        var files = files(pack());
        files.remove(file.fileName());
        check(zip(files)).isRefused(file.fileName() + ": is missing");
    }

    @Test
    void a_file_that_does_not_belong_there_is_named() throws Exception {
        var files = files(pack());
        files.put("run-me-first.sh", text("#!/bin/sh\n"));
        check(zip(files)).isRefused("run-me-first.sh: does not belong");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            \\"41.50\\"        | \\"14.50\\"   | position 41, payload
            "position":41,     | "position":44, | position 41, position
            "sequence":1,      | "sequence":2, | position 41, sequence
            MealExpenseAmended | MealExpenseDeleted | position 41, name
            T08:00:41.         | T08:00:42.    | position 41, recorded_at
            "commandId":"key-41" | "commandId":null | position 41, command_id
            -0007-0000-000000000001 | -0007-0000-000000000003 | position 41, metadata
            """)
    void a_changed_event_is_named_with_its_position_and_field(String what, String by, String first) throws Exception {
        var pack = changed(pack(), PackFile.EVENTS, events -> {
            var lines = events.split("\n");
            lines[1] = lines[1].replace(what, by);
            return String.join("\n", lines) + "\n";
        });
        check(pack).isRefused("events.ndjson, " + first + ": it is not what was sealed");
    }

    @Test
    void white_space_within_a_stored_text_counts_too() throws Exception {
        check(changed(pack(), PackFile.EVENTS, events -> events.replaceFirst(",  \\\\\"place", ", \\\\\"place")))
                .isRefused("events.ndjson, position 40, payload: it is not what was sealed");
    }

    @Test
    void another_event_in_its_place_is_named() throws Exception {
        var other = files(pack("other.zip", new OfExpense(History.expense(43)), 43, 44, 45));
        var foreign = text(other.get(PackFile.EVENTS.fileName()))
                .split("\n")[1]
                .replace("\"position\":44", "\"position\":41");
        check(changed(pack(), PackFile.EVENTS, events -> {
                    var lines = events.split("\n");
                    lines[1] = foreign;
                    return String.join("\n", lines) + "\n";
                }))
                .isRefused("events.ndjson, position 41, ");
    }

    @Test
    void an_event_that_was_left_out_is_missed() throws Exception {
        check(pack("gap.zip", new OfExpense(History.expense(FIRST)), FIRST, FIRST + 2))
                .isRefused("events.ndjson, position 42, sequence: it is 2, and the next one of the expense is 1");
        check(pack("headless.zip", new OfExpense(History.expense(FIRST)), FIRST + 1, FIRST + 2))
                .isRefused("events.ndjson, position 41, sequence: it is 1, and the next one of the expense is 0");
    }

    /** Of an expense that never was, too: nothing in such a pack is about anything. */
    @Test
    void a_pack_without_events_proves_nothing() throws Exception {
        var counted =
                changed(pack(), PackFile.MANIFEST, manifest -> manifest.replace("\"events\": 3", "\"events\": 0"));
        var empty = Files.move(
                changed(changed(counted, PackFile.EVENTS, events -> ""), PackFile.PROOFS, proofs -> ""),
                folder.resolve("empty.zip"));
        check(empty).isRefused("events.ndjson: there is no event");
        check(changed(
                        empty,
                        PackFile.MANIFEST,
                        manifest -> manifest.replace(
                                History.expense(FIRST).toString(), "00000000-0000-7000-8000-00000000dead")))
                .isRefused("events.ndjson: there is no event");
        check(changed(
                        empty,
                        PackFile.MANIFEST,
                        manifest -> manifest.replace(
                                "{\"expenseId\": \"%s\"}".formatted(History.expense(FIRST)),
                                "{\"ownerId\": \"%s\", \"from\": \"2026-03-01\", \"to\": \"2026-03-31\"}"
                                        .formatted(OWNER))))
                .isRefused("events.ndjson: there is no event");
    }

    @Test
    void an_event_of_something_else_is_named() throws Exception {
        check(pack("more.zip", new OfExpense(History.expense(FIRST)), FIRST, FIRST + 1, FIRST + 2, FIRST + 3))
                .isRefused("events.ndjson, position 43, aggregate_id");
    }

    @Test
    void proofs_of_something_else_prove_nothing() throws Exception {
        var pack = pack();
        check(changed(pack, PackFile.PROOFS, proofs -> proofs.replace("\"position\":41", "\"position\":42")))
                .isRefused("proofs.ndjson, position 41, position: the proof is about position 42");
        var lines = text(files(pack).get(PackFile.PROOFS.fileName())).split("\n");
        var hashes = lines[0].substring(lines[0].indexOf("\"hashes\""));
        check(changed(pack, PackFile.PROOFS, proofs -> {
                    var changed = lines.clone();
                    changed[1] = changed[1].substring(0, changed[1].indexOf("\"hashes\"")) + hashes;
                    return String.join("\n", changed) + "\n";
                }))
                .isRefused("proofs.ndjson, position 41, hashes");
        check(changed(pack, PackFile.PROOFS, proofs -> lines[0] + "\n" + lines[1] + "\n"))
                .isRefused("proofs.ndjson: there is none for line 3");
        check(changed(pack, PackFile.PROOFS, proofs -> proofs + lines[2] + "\n"))
                .isRefused("proofs.ndjson: there are more proofs than events");
        check(changed(
                        pack,
                        PackFile.PROOFS,
                        proofs -> proofs.replaceFirst("\"fingerprints\":\"....", "\"fingerprints\":\"AAAA")))
                .isRefused("proofs.ndjson, position 40, fingerprints");
    }

    @Test
    void a_checkpoint_of_somebody_else_is_not_taken() throws Exception {
        var pack = pack();
        check(changed(pack, PackFile.CHECKPOINT, note -> note.replace("\n600\n", "\n601\n")))
                .isRefused("checkpoint.txt: it cannot be trusted");
        var stranger = VerifierKey.of(
                VerifierKey.parse(History.key()).name(),
                KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic());
        run("pack", pack.toString(), "--key", stranger.toString()).isRefused("checkpoint.txt: it cannot be trusted");
        check(changed(pack, PackFile.KEYS, keys -> stranger + "\n"))
                .isRefused("key.pub: the key that signed the checkpoint is not in it");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "size": 600  | "size": 599  | MANIFEST.json: size
            "events": 3  | "events": 4  | MANIFEST.json: events
            "log": "meal | "log": "meat | MANIFEST.json: log
            @1           | @2           | MANIFEST.json: format
            "subject"    | "topic"      | MANIFEST.json: unknown field topic
            key.pub      | key2.pub     | MANIFEST.json: files
            """)
    void a_manifest_that_says_something_else_is_named(String what, String by, String first) throws Exception {
        check(changed(pack(), PackFile.MANIFEST, manifest -> manifest.replace(what, by)))
                .isRefused(first);
    }

    @Test
    void what_is_no_pack_proves_nothing() throws Exception {
        check(Files.writeString(folder.resolve("nonsense"), "nonsense")).isRefused("the file is no proof pack");
        var whole = Files.readAllBytes(pack());
        check(Files.write(folder.resolve("half"), Arrays.copyOf(whole, whole.length / 2)))
                .isRefused("the file is no proof pack");
    }

    @Test
    void a_file_that_is_not_there_proves_nothing_either_way() {
        assertThat(check(folder.resolve("nowhere")).exitCode()).isEqualTo(AuditVerify.NOT_COMPLETED);
    }
}
