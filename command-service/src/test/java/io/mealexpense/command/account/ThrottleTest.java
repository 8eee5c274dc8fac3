package io.mealexpense.command.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mealexpense.command.SettableClock;
import io.mealexpense.edge.problem.ProblemException;
import io.mealexpense.edge.problem.ProblemType;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ThrottleTest {

    private static final String HERE = "192.0.2.7";

    private final SettableClock clock = new SettableClock();
    private final Throttle throttle =
            new Throttle(TestProperties.of("meals.command.throttle.register.burst", "20"), clock);

    @Test
    void twenty_registrations_at_once_are_fine_and_the_next_is_told_to_wait() {
        for (var i = 0; i < 20; i++) {
            throttle.registration(HERE);
        }
        var refused = catchThrowableOfType(ProblemException.class, () -> throttle.registration(HERE));
        assertThat(refused.type()).isEqualTo(ProblemType.TOO_MANY_REQUESTS);
        assertThat(refused.headers().getFirst("Retry-After")).isEqualTo("3");
    }

    @Test
    void whoever_waits_as_told_gets_in() {
        for (var i = 0; i < 20; i++) {
            throttle.registration(HERE);
        }
        clock.advance(Duration.ofSeconds(3));
        assertThatCode(() -> throttle.registration(HERE)).doesNotThrowAnyException();
        assertThat(catchThrowableOfType(ProblemException.class, () -> throttle.registration(HERE)))
                .isNotNull();
    }

    @Test
    void other_addresses_do_not_wait() {
        for (var i = 0; i < 20; i++) {
            throttle.registration(HERE);
        }
        assertThatCode(() -> throttle.registration("192.0.2.8")).doesNotThrowAnyException();
    }

    @Test
    void one_network_of_ipv6_addresses_is_one_client() {
        for (var i = 0; i < 20; i++) {
            throttle.registration("2001:db8::" + i);
        }
        assertThat(catchThrowableOfType(ProblemException.class, () -> throttle.registration("2001:db8::ffff")))
                .isNotNull();
        assertThatCode(() -> throttle.registration("2001:db8:0:1::1")).doesNotThrowAnyException();
    }

    @Test
    void only_wrong_passwords_count_against_an_account() {
        for (var i = 0; i < 50; i++) {
            throttle.beforePassword("alice@example.test");
        }
        for (var i = 0; i < 10; i++) {
            throttle.beforePassword("alice@example.test");
            throttle.wrongPassword("alice@example.test");
        }
        var refused = catchThrowableOfType(ProblemException.class, () -> throttle.beforePassword("alice@example.test"));
        assertThat(refused.headers().getFirst("Retry-After")).isEqualTo("6");
        assertThatCode(() -> throttle.beforePassword("bob@example.test")).doesNotThrowAnyException();
    }
}
