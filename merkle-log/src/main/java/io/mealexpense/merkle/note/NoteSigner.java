package io.mealexpense.merkle.note;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;

/** Signs notes with an Ed25519 key. */
public final class NoteSigner {

    private final VerifierKey verifierKey;
    private final PrivateKey privateKey;

    public NoteSigner(VerifierKey verifierKey, PrivateKey privateKey) {
        this.verifierKey = verifierKey;
        this.privateKey = privateKey;
    }

    /** What others verify with. */
    public VerifierKey verifierKey() {
        return verifierKey;
    }

    /** The signed note of a checkpoint, whose origin is the key's name. */
    public String sign(long size, byte[] root) {
        return sign(new Checkpoint(verifierKey.name(), size, root).text());
    }

    /** @param text ends with a line break */
    String sign(String text) {
        try {
            var signer = Signature.getInstance("Ed25519");
            signer.initSign(privateKey);
            signer.update(text.getBytes(StandardCharsets.UTF_8));
            var signature = signer.sign();
            var withId = ByteBuffer.allocate(Integer.BYTES + signature.length)
                    .putInt(verifierKey.id())
                    .put(signature)
                    .array();
            return text + "\n" + SignedNote.SIGNATURE + verifierKey.name() + " "
                    + Base64.getEncoder().encodeToString(withId) + "\n";
        } catch (GeneralSecurityException unusable) {
            throw new IllegalStateException("The key of " + verifierKey.name() + " cannot sign", unusable);
        }
    }
}
