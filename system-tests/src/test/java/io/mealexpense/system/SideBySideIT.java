package io.mealexpense.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mealexpense.system.Api.Member;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * A previous build and this one on one database while people work, as a deployment makes them meet: there, and back.
 * The previous build is in the folder that {@code -Dprevious} names; {@code .ci/side-by-side} builds it.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
@EnabledIfSystemProperty(
        named = "previous",
        matches = ".+",
        disabledReason = "-Dprevious names no folder with a previous build; .ci/side-by-side makes one")
class SideBySideIT {

    private static final int CLIENTS = 4;
    private static final int REGULARS = 3;

    /** Leaves two cores something to start processes with. */
    private static final Duration THOUGHT = Duration.ofMillis(50);

    /** Acknowledgements and answers in each stage, at least. */
    private static final int WORK = 150;

    private final Path previous = Path.of(System.getProperty("previous", ""));
    private final Distributed product = Distributed.withoutServices();

    @AfterEach
    void stop() {
        product.close();
    }

    @Test
    void they_take_over_from_each_other_and_nobody_notices() throws Exception {
        var oldCommand = product.join(previous, Distributed.COMMAND, true);
        var oldQuery = product.join(previous, Distributed.QUERY, true);
        var member = product.api().register();
        try (var crowd = new Crowd(CLIENTS, List.of(staying(member)), THOUGHT);
                var regulars = new Regulars(REGULARS, product.base(), THOUGHT)) {
            work("the previous build alone", crowd.start(), regulars.start());
            product.migrate();
            work("the previous build on the new schema", crowd, regulars);

            var newQuery = product.join(JavaProcess.THIS_BUILD, Distributed.QUERY, false);
            work("readers of both", crowd, regulars);
            var newCommand = product.join(JavaProcess.THIS_BUILD, Distributed.COMMAND, false);
            work("both builds", crowd, regulars);
            requireKept(crowd, regulars, member, oldQuery, newQuery);

            crowd.start();
            regulars.start();
            product.retire(oldQuery);
            work("writers of both", crowd, regulars);
            product.retire(oldCommand);
            work("the new build alone", crowd, regulars);
            requireKept(crowd, regulars, member, newQuery);

            crowd.start();
            regulars.start();
            product.admit(oldCommand.restart());
            work("back, writers of both", crowd, regulars);
            product.admit(oldQuery.restart());
            work("back, both builds", crowd, regulars);
            product.retire(newCommand);
            product.retire(newQuery);
            work("back, the previous build alone", crowd, regulars);
            requireKept(crowd, regulars, member, oldQuery);
        }
    }

    /** Signed in for as long as this takes: how long people stay signed in is not what is asked. */
    private Api staying(Member member) {
        var token =
                product.forge().expiringAt(member.api().token(), Instant.now().plus(Duration.ofHours(1)));
        return member.api().as(token);
    }

    private static void work(String stage, Crowd crowd, Regulars regulars) {
        var began = System.nanoTime();
        var before = regulars.answers();
        crowd.awaitMore(WORK);
        await().atMost(Duration.ofMinutes(2)).until(() -> regulars.answers() >= before + WORK);
        requireNoFailure(crowd);
        System.out.printf(
                "%s: %d ms, longest pause of a writer %d ms%n",
                stage,
                Duration.ofNanos(System.nanoTime() - began).toMillis(),
                crowd.longestPause().toMillis());
    }

    private static void requireNoFailure(Crowd crowd) {
        assertThat(crowd.notAcknowledged()).as("requests that failed").isEmpty();
    }

    /** At rest: nothing is lost or doubled, the read models are the log's fold, and both builds answer alike. */
    private void requireKept(Crowd crowd, Regulars regulars, Member member, Distributed.Service... queries) {
        crowd.rest();
        regulars.rest();
        requireNoFailure(crowd);
        crowd.requireKept(product);
        var again = product.api().signIn(member.email(), member.password(), null);
        for (var query : queries) {
            var api = again.api().via(query.base());
            var there = new Member(api, again.id(), again.email(), again.password(), again.refreshToken(), null);
            assertThat(Expenses.listed(there)).as("%s", query.base()).isEqualTo(crowd.expected());
        }
        System.out.printf("Kept: %d events%n", product.log().head());
    }
}
