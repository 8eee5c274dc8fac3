package io.mealexpense.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.mealexpense.merkle.Proofs;
import io.mealexpense.merkle.Tiles;
import io.mealexpense.merkle.event.LoggedEvent;
import io.mealexpense.merkle.note.ConsistencyProof;
import io.mealexpense.merkle.note.InclusionProof;
import io.mealexpense.merkle.note.VerifierKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proofs that somebody has as files, without the log. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ProofFileTest {

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

    private static Tiles.Reader tiles() {
        return (level, index) -> history.owner
                .sql("SELECT hashes FROM seal.tile WHERE level = ? AND index = ?")
                .params(level, index)
                .query(byte[].class)
                .single();
    }

    private static String note(long size) {
        return history.owner
                .sql("SELECT note FROM seal.checkpoint WHERE size = ?")
                .param(size)
                .query(String.class)
                .single();
    }

    private static LoggedEvent event(long position) {
        return history.owner
                .sql("SELECT " + LoggedEvent.COLUMNS + " FROM event_store.domain_event WHERE position = ?")
                .param(position)
                .query((row, number) -> LoggedEvent.of(row))
                .single();
    }

    private static String inclusion(long position, long size) {
        return new InclusionProof(
                        event(position).encoded(),
                        position - 1,
                        Proofs.inclusion(tiles(), position - 1, size),
                        note(size))
                .text();
    }

    private static String consistency(long earlier, long later) {
        return new ConsistencyProof(Proofs.consistency(tiles(), earlier, later), note(earlier), note(later)).text();
    }

    private record Answer(int exitCode, String said) {}

    private Answer check(String proof, String key) throws IOException {
        return run(Files.writeString(folder.resolve("proof"), proof).toString(), key);
    }

    private static Answer run(String file, String key) {
        var said = new ByteArrayOutputStream();
        var stream = new PrintStream(said, true, StandardCharsets.UTF_8);
        var exitCode = new AuditVerify(stream, stream).run("proof", file, "--key", key);
        return new Answer(exitCode, said.toString(StandardCharsets.UTF_8));
    }

    private void requireRefused(String proof, String why) throws IOException {
        var answer = check(proof, History.key());
        assertThat(answer.exitCode()).as(answer.said()).isEqualTo(AuditVerify.VIOLATION);
        assertThat(answer.said()).contains("NOT PROVED").contains(why).doesNotContain("Proved:");
    }

    @Test
    void an_event_is_shown_and_proved() throws Exception {
        for (var position : new long[] {1, 41, 256, 257, 300}) {
            for (var size : new long[] {300, 512, 600}) {
                var answer = check(inclusion(position, size), History.key());
                assertThat(answer.exitCode()).as(answer.said()).isEqualTo(AuditVerify.CLEAN);
                assertThat(answer.said())
                        .contains("Proved:", "\"amount\": \"" + position + ".50\"", "Café " + position);
            }
        }
    }

    @Test
    void a_log_that_only_grew_is_proved() throws Exception {
        for (var earlier : new long[] {100, 256, 512}) {
            var answer = check(consistency(earlier, 600), History.key());
            assertThat(answer.exitCode()).as(answer.said()).isEqualTo(AuditVerify.CLEAN);
            assertThat(answer.said()).contains("begins with all of its " + earlier);
        }
    }

    @Test
    void an_event_with_a_single_bit_changed_is_not_proved() throws Exception {
        var proof = InclusionProof.parse(inclusion(41, 600));
        for (var at = 60; at < proof.extra().length; at += 13) {
            var touched = proof.extra().clone();
            touched[at] ^= 1;
            var text = new InclusionProof(touched, proof.index(), proof.hashes(), proof.checkpoint()).text();
            requireRefused(text, "");
        }
    }

    @Test
    void a_proof_of_something_else_is_not_taken() throws Exception {
        var proof = inclusion(41, 600);
        requireRefused(proof.replace("index 40", "index 41"), "the proof is about position 42");
        requireRefused(
                proof.replace(
                        Base64.getEncoder().encodeToString(event(41).encoded()),
                        Base64.getEncoder().encodeToString(event(42).encoded())),
                "the event says position 42");
        requireRefused(
                new InclusionProof(
                                event(41).encoded(),
                                40,
                                InclusionProof.parse(proof).hashes(),
                                note(512))
                        .text(),
                "is not in the log that was signed");
        requireRefused(proof.replace("\n600\n", "\n601\n"), "cannot be trusted");
        requireRefused(consistency(100, 600).replace("\n100\n", "\n101\n"), "cannot be trusted");
        requireRefused(
                new ConsistencyProof(
                                ConsistencyProof.parse(consistency(100, 600)).hashes(), note(200), note(600))
                        .text(),
                "does not begin with");
        requireRefused("nonsense", "is no proof");
    }

    @Test
    void another_key_proves_nothing() throws Exception {
        var stranger = VerifierKey.of(
                VerifierKey.parse(History.key()).name(),
                KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic());
        var answer = check(inclusion(41, 600), stranger.toString());
        assertThat(answer.exitCode()).isEqualTo(AuditVerify.VIOLATION);
        assertThat(answer.said()).contains("not by a known key");
    }

    @Test
    void a_file_that_is_not_there_proves_nothing_either_way() {
        var answer = run(folder.resolve("nowhere").toString(), History.key());
        assertThat(answer.exitCode()).isEqualTo(AuditVerify.NOT_COMPLETED);
    }
}
