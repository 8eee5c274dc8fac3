package io.mealexpense.command.account;

import io.mealexpense.edge.security.VerificationKeys;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The RSA keys of access tokens, the same for every instance: one that signs, the next one, published long before it
 * does, and for a while the one before.
 */
@Component
public class SigningKeys implements VerificationKeys {

    /** Bits; what verifying is fast with and nobody breaks in the lifetime of a key. */
    private static final int SIZE = 2048;

    /** Between the publication of a key and its first signature, at least. */
    private static final Duration NOTICE = Duration.ofMinutes(10);

    /** How long a key stays published after its last signature; longer than any token lives. */
    private static final Duration AFTERLIFE = Duration.ofHours(1);

    private static final Logger log = LoggerFactory.getLogger(SigningKeys.class);

    private final SigningKeyRows rows;
    private final TransactionTemplate transaction;
    private final MasterKey masterKey;
    private final Duration age;
    private final @Nullable Instant madeAfter;
    private final Clock clock;
    private volatile List<Pair> pairs = List.of();

    /** A published key. */
    public record Published(String keyId, RSAPublicKey key) {}

    /** The key that signs now. */
    record Signer(String keyId, PrivateKey key) {}

    private record Pair(String keyId, RSAPublicKey publicKey, PrivateKey privateKey, Instant signsFrom) {}

    SigningKeys(
            SigningKeyRows rows,
            @Qualifier("accountTransactionManager") PlatformTransactionManager transactions,
            AccountProperties properties,
            MasterKey masterKey,
            Clock clock) {
        this.rows = rows;
        this.transaction = new TransactionTemplate(transactions);
        this.masterKey = masterKey;
        this.age = properties.signingKey().age();
        this.madeAfter = properties.signingKey().madeAfter();
        this.clock = clock;
    }

    @Override
    public Optional<PublicKey> find(String keyId) {
        return pairs.stream()
                .filter(pair -> pair.keyId().equals(keyId))
                .<PublicKey>map(Pair::publicKey)
                .findFirst();
    }

    /** What the key set at {@code /.well-known/jwks.json} lists, the oldest first. */
    public List<Published> published() {
        return pairs.stream()
                .map(pair -> new Published(pair.keyId(), pair.publicKey()))
                .toList();
    }

    /** The latest whose time has come; the first one where this clock is behind the one that it was made by. */
    Signer signer() {
        var now = clock.instant();
        return pairs.stream()
                .filter(pair -> !pair.signsFrom().isAfter(now))
                .reduce((earlier, later) -> later)
                .or(() -> pairs.stream().findFirst())
                .map(pair -> new Signer(pair.keyId(), pair.privateKey()))
                .orElseThrow(() -> new IllegalStateException("There is no key yet"));
    }

    /** Makes, retires and reads keys as time has it; called at start and every minute. */
    void maintain() {
        var now = clock.instant();
        var stored = rows.findAllByOrderBySignsFrom();
        if (due(stored, now)) {
            // before others are locked out: on a busy machine it takes longer than they are willing to wait
            var fresh = freshPairs(stored, now);
            stored = transaction.execute(status -> {
                rows.lockOutOthers();
                return rotated(now, fresh);
            });
        }
        pairs = stored.stream().map(this::open).toList();
    }

    private boolean due(List<SigningKey> keys, Instant now) {
        return keys.isEmpty()
                || !keys.getLast().signsFrom.isAfter(now)
                || keys.stream().anyMatch(key -> isVoid(key, now) || isUnderFormer(key));
    }

    /** Whether nothing that it signed is believed any more. */
    private boolean isVoid(SigningKey key, Instant now) {
        return (key.notAfter != null && key.notAfter.isBefore(now))
                || (madeAfter != null && !madeAfter.isAfter(now) && key.createdAt.isBefore(madeAfter));
    }

    private boolean isUnderFormer(SigningKey key) {
        return masterKey.isUnderFormer(key.sealedPrivateKey, key.keyId);
    }

    /** As many as could be needed: one to sign with at once if there is none, and the next one. */
    private Queue<KeyPair> freshPairs(List<SigningKey> stored, Instant now) {
        var left = stored.stream().filter(key -> !isVoid(key, now)).toList();
        var missing = left.isEmpty() ? 2 : left.getLast().signsFrom.isAfter(now) ? 0 : 1;
        return Stream.generate(SigningKeys::freshPair).limit(missing).collect(Collectors.toCollection(ArrayDeque::new));
    }

    private static KeyPair freshPair() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(SIZE);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }

    private List<SigningKey> rotated(Instant now, Queue<KeyPair> fresh) {
        var keys = rows.findAllByOrderBySignsFrom(); // anew: another instance may have been here first
        keys.stream().filter(key -> isVoid(key, now)).forEach(rows::delete);
        keys = rows.findAllByOrderBySignsFrom();
        keys.stream().filter(this::isUnderFormer).forEach(this::sealAnew);
        if (keys.isEmpty()) {
            rows.save(newKey(fresh.remove(), now, now));
            log.info("The first signing key was made");
        }
        var latest = rows.findAllByOrderBySignsFrom().getLast();
        if (!latest.signsFrom.isAfter(now)) {
            var planned = latest.signsFrom.plus(age);
            var soonest = now.plus(NOTICE);
            var next = rows.save(newKey(fresh.remove(), now, planned.isAfter(soonest) ? planned : soonest));
            latest.notAfter = next.signsFrom.plus(AFTERLIFE);
            log.info("The next signing key was made; it signs from {}", next.signsFrom);
        }
        rows.flush();
        return rows.findAllByOrderBySignsFrom();
    }

    private void sealAnew(SigningKey key) {
        key.sealedPrivateKey = masterKey.seal(masterKey.open(key.sealedPrivateKey, key.keyId), key.keyId);
        log.info("A signing key that was stored under a former master key is stored under the present one");
    }

    private SigningKey newKey(KeyPair pair, Instant now, Instant signsFrom) {
        var keyId = Secrets.token().substring(0, 16);
        return new SigningKey(
                keyId,
                pair.getPublic().getEncoded(),
                masterKey.seal(pair.getPrivate().getEncoded(), keyId),
                now,
                signsFrom);
    }

    private Pair open(SigningKey stored) {
        for (var known : pairs) {
            if (known.keyId().equals(stored.keyId)) {
                return known;
            }
        }
        try {
            var keys = KeyFactory.getInstance("RSA");
            return new Pair(
                    stored.keyId,
                    (RSAPublicKey) keys.generatePublic(new X509EncodedKeySpec(stored.publicKey)),
                    keys.generatePrivate(
                            new PKCS8EncodedKeySpec(masterKey.open(stored.sealedPrivateKey, stored.keyId))),
                    stored.signsFrom);
        } catch (GeneralSecurityException damaged) {
            throw new IllegalStateException("Signing key " + stored.keyId + " cannot be read", damaged);
        }
    }
}
