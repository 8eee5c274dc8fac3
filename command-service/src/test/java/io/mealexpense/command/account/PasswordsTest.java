package io.mealexpense.command.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mealexpense.edge.problem.ProblemException;
import io.mealexpense.edge.problem.ProblemType;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PasswordsTest {

    private static final String PASSWORD = "correct horse battery";

    private final Passwords passwords = new Passwords(TestProperties.of());

    @Test
    void a_hash_matches_its_password_and_no_other() {
        var hash = passwords.hash(PASSWORD);
        assertThat(passwords.matches(PASSWORD, hash)).isTrue();
        assertThat(passwords.matches(PASSWORD + " ", hash)).isFalse();
        assertThat(passwords.hash(PASSWORD)).as("salted").isNotEqualTo(hash);
    }

    @Test
    void keyboards_may_spell_letters_as_they_like() {
        assertThat(passwords.matches("cafe\u0301 au lait noir", passwords.hash("caf\u00e9 au lait noir")))
                .isTrue();
    }

    @Test
    void no_password_matches_where_there_is_no_account_though_the_work_is_done() {
        var hash = passwords.hash(PASSWORD);
        assertThat(passwords.matches(PASSWORD, null)).isFalse();
        var account = quickest(() -> passwords.matches("wrong", hash));
        var none = quickest(() -> passwords.matches("wrong", null));
        assertThat((double) none / account).isBetween(0.5, 2.0);
    }

    /** Nanoseconds; the quickest of a few is the one that nothing else on the machine disturbed. */
    private static long quickest(Runnable work) {
        return LongStream.range(0, 8)
                .map(i -> {
                    var start = System.nanoTime();
                    work.run();
                    return System.nanoTime() - start;
                })
                .min()
                .orElseThrow();
    }

    @Test
    void whoever_finds_no_place_in_time_is_told_to_come_back() throws Exception {
        var crowded = new Passwords(TestProperties.of(
                "meals.command.password-hashing.concurrent", "1", "meals.command.password-hashing.patience", "1ms"));
        try (var clients = Executors.newFixedThreadPool(6)) {
            var refused = 0;
            Callable<ProblemException> attempt =
                    () -> catchThrowableOfType(ProblemException.class, () -> crowded.hash(PASSWORD));
            for (var answer : clients.invokeAll(Collections.nCopies(6, attempt))) {
                if (answer.get() != null) {
                    assertThat(answer.get().type()).isEqualTo(ProblemType.BUSY);
                    assertThat(answer.get().headers().getFirst("Retry-After")).isEqualTo("2");
                    refused++;
                }
            }
            assertThat(refused).isBetween(1, 5);
        }
    }
}
