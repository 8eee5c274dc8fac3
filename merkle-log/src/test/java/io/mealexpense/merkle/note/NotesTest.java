package io.mealexpense.merkle.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mealexpense.merkle.TreeHasher;
import io.mealexpense.merkle.note.Checkpoint.InvalidCheckpointException;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class NotesTest {

    private static final byte[] ROOT = new TreeHasher().leaf(new byte[] {1});

    private final NoteSigner signer = signer("example.test/meals");

    private static NoteSigner signer(String name) {
        try {
            var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            return new NoteSigner(VerifierKey.of(name, pair.getPublic()), pair.getPrivate());
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new AssertionError(everyPlatformHasIt);
        }
    }

    /** The example of golang.org/x/mod/sumdb/note, which the form comes from. */
    @Test
    void a_note_signed_elsewhere_is_verified() {
        var key = VerifierKey.parse("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
        var note = "If you think cryptography is the answer to your problem,\n"
                + "then you don't know what your problem is.\n\n"
                + "\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
        assertThat(SignedNote.parse(note).isSignedBy(List.of(key))).isTrue();
        assertThat(SignedNote.parse(note.replace("don't", "do")).isSignedBy(List.of(key)))
                .isFalse();
        assertThat(key).hasToString("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
    }

    @Test
    void a_checkpoint_says_what_was_signed() throws Exception {
        var note = signer.sign(1234, ROOT);
        assertThat(note.lines().toList())
                .startsWith("example.test/meals", "1234", Base64.getEncoder().encodeToString(ROOT), "");
        assertThat(Checkpoint.open(note, List.of(signer.verifierKey())))
                .isEqualTo(new Checkpoint("example.test/meals", 1234, ROOT));
    }

    @Test
    void a_key_is_read_as_it_is_written() {
        var key = VerifierKey.parse(signer.verifierKey() + "\n");
        assertThat(key).isEqualTo(signer.verifierKey());
        var text = key.toString();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VerifierKey.parse(text.replace("example.test", "example.org")));
        assertThatIllegalArgumentException().isThrownBy(() -> VerifierKey.parse("meals"));
        assertThatIllegalArgumentException().isThrownBy(() -> signer("a name").verifierKey());
    }

    @Test
    void a_checkpoint_that_was_touched_or_that_others_signed_is_refused() {
        var note = signer.sign(1234, ROOT);
        var keys = List.of(signer.verifierKey());
        for (var bad : List.of(
                note.replace("1234", "1235"),
                note.replace("1234", "01234"),
                note.replace("\u2014 example", "\u2014 other.example"),
                note.substring(0, note.length() - 1),
                note.replace("\n\n", "\n"),
                signer("example.test/meals").sign(1234, ROOT),
                signer("other.test/meals").sign(1234, ROOT),
                "")) {
            assertThatExceptionOfType(InvalidCheckpointException.class)
                    .as(bad)
                    .isThrownBy(() -> Checkpoint.open(bad, keys));
        }
    }

    /** Keys of a log's other names are known too, and sign for these alone. */
    @Test
    void a_key_signs_for_its_own_name_only() throws Exception {
        var since = signer("example.test/meals/since-9-0badcafe");
        var keys = List.of(signer.verifierKey(), since.verifierKey());
        var text = new Checkpoint("example.test/meals", 1234, ROOT).text();

        assertThat(Checkpoint.open(signer.sign(text), keys).origin()).isEqualTo("example.test/meals");
        assertThatExceptionOfType(InvalidCheckpointException.class)
                .isThrownBy(() -> Checkpoint.open(since.sign(text), keys))
                .withMessageContaining("by a key of another name");
    }

    @Test
    void what_is_claimed_is_read_whoever_signed_it() {
        var note = signer("other.test/meals").sign(1234, ROOT);
        assertThat(Checkpoint.claimed(note)).contains(new Checkpoint("other.test/meals", 1234, ROOT));
        assertThat(Checkpoint.claimed("rubbish")).isEmpty();
    }

    @Test
    void a_log_has_one_more_name_from_every_recovery_on() {
        var first = LogName.parse("example.test/meals");
        assertThat(first).isEqualTo(new LogName("example.test/meals", "")).hasToString("example.test/meals");
        var since = new LogName(first.base(), LogName.series(1235, "0badcafe"));
        assertThat(since).hasToString("example.test/meals/since-1235-0badcafe");
        assertThat(LogName.parse(since.toString())).isEqualTo(since);
    }

    @Test
    void proofs_are_read_as_they_are_written() {
        var hashes = List.of(ROOT, new TreeHasher().leaf(ROOT));
        var note = signer.sign(7, ROOT);
        var inclusion = InclusionProof.parse(new InclusionProof(new byte[] {1, 2}, 5, hashes, note).text());
        assertThat(inclusion.extra()).containsExactly(1, 2);
        assertThat(inclusion.index()).isEqualTo(5);
        assertThat(inclusion.hashes()).containsExactlyElementsOf(hashes);
        assertThat(inclusion.checkpoint()).isEqualTo(note);

        var later = signer.sign(9, ROOT);
        var consistency = ConsistencyProof.parse(new ConsistencyProof(hashes, note, later).text());
        assertThat(consistency.hashes()).containsExactlyElementsOf(hashes);
        assertThat(consistency.earlier()).isEqualTo(note);
        assertThat(consistency.later()).isEqualTo(later);
        assertThat(ConsistencyProof.parse(new ConsistencyProof(List.of(), note, later).text())
                        .hashes())
                .isEmpty();
    }

    @Test
    void what_is_no_proof_is_refused() {
        var text = new InclusionProof(new byte[] {1}, 5, List.of(ROOT), signer.sign(7, ROOT)).text();
        for (var bad : List.of(
                "",
                text.replace("@v1", "@v2"),
                text.replace("index 5", "index 05"),
                text.replace("index 5", "index -5"),
                text.substring(0, 60),
                text.replace("extra ", "extra !"))) {
            assertThatIllegalArgumentException().as(bad).isThrownBy(() -> InclusionProof.parse(bad));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> ConsistencyProof.parse(new ConsistencyProof(List.of(), signer.sign(7, ROOT), "").text()));
    }
}
