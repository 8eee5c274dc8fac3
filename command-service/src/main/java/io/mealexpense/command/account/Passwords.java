package io.mealexpense.command.account;

import io.mealexpense.edge.problem.ProblemException;
import io.mealexpense.edge.problem.ProblemType;
import java.text.Normalizer;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;

/** Hashes passwords with Argon2id, a few at a time: each takes the memory that makes guessing expensive. */
@Component
public class Passwords {

    /** Characters. */
    public static final int MIN_LENGTH = 12;

    public static final int MAX_LENGTH = 128;

    /** OWASP's floor, https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html. */
    private static final int MEMORY_KIB = 19 * 1024;

    private static final int ITERATIONS = 2;
    private static final int PARALLELISM = 1;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;

    private final Argon2PasswordEncoder encoder =
            new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, PARALLELISM, MEMORY_KIB, ITERATIONS);

    private final Semaphore places;
    private final Duration patience;

    /** What no password hashes to; comparing with it costs what comparing with a real one does. */
    private final String nobodys = "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
            .formatted(MEMORY_KIB, ITERATIONS, PARALLELISM, base64(SALT_BYTES), base64(HASH_BYTES));

    Passwords(AccountProperties properties) {
        this.places = new Semaphore(properties.passwordHashing().concurrent(), true);
        this.patience = properties.passwordHashing().patience();
    }

    private static String base64(int bytes) {
        return Base64.getEncoder().withoutPadding().encodeToString(Secrets.bytes(bytes));
    }

    String hash(String password) {
        return inTurn(() -> String.valueOf(encoder.encode(normal(password))));
    }

    /**
     * Whether it is the password; takes as long where there is no account.
     *
     * @param hash null where there is no account
     */
    boolean matches(String password, @Nullable String hash) {
        return inTurn(() -> encoder.matches(normal(password), hash == null ? nobodys : hash)) && hash != null;
    }

    /** Keyboards spell the same letter in different ways. */
    private static String normal(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFC);
    }

    private <T> T inTurn(Supplier<T> work) {
        try {
            if (!places.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw busy();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw busy();
        }
        try {
            return work.get();
        } finally {
            places.release();
        }
    }

    private static ProblemException busy() {
        return new ProblemException(ProblemType.BUSY, "Too many people are signing in at the moment.")
                .header("Retry-After", "2");
    }
}
