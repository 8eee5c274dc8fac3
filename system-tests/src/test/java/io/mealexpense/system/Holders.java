package io.mealexpense.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mealexpense.system.Distributed.Service;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Which instance projects what, and how long it takes until another one goes on where one died. */
final class Holders {

    /** No test waits longer for what takes seconds, however slow its machine. */
    private static final Duration GIVE_UP = Duration.ofMinutes(1);

    private static final Duration LOOK = Duration.ofMillis(20);

    private final Log log;
    private final List<Duration> moves = new ArrayList<>();

    /** From now on the database keeps a journal of every step of every projection, in the transaction that makes it. */
    Holders(Log log) throws SQLException {
        this.log = log;
        log.execute(
                Log.MIGRATOR,
                "SET ROLE meals_owner",
                "CREATE SCHEMA held",
                """
                CREATE TABLE held.step (number bigint GENERATED ALWAYS AS IDENTITY, projection text, owner text,
                                        before bigint, after bigint)
                """,
                """
                CREATE FUNCTION held.note() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
                BEGIN
                    INSERT INTO held.step (projection, owner, before, after)
                    VALUES (NEW.projection, NEW.owner, OLD.position, NEW.position);
                    RETURN NULL;
                END
                $$
                """,
                """
                CREATE TRIGGER held AFTER UPDATE OF position ON read_model.projection_token
                    FOR EACH ROW WHEN (NEW.position <> OLD.position) EXECUTE FUNCTION held.note()
                """,
                "GRANT USAGE ON SCHEMA held TO meals_query",
                "GRANT SELECT ON held.step TO meals_query");
    }

    /** Where a projection is, and with whom; with nobody: empty. */
    private record Token(String projection, long position, String owner) {

        boolean isWith(String instance) {
            return owner.startsWith(instance);
        }
    }

    private List<Token> tokens() {
        return log.query(
                Log.QUERY,
                "SELECT projection, position, coalesce(owner, '') FROM read_model.projection_token",
                row -> new Token(row.getString(1), row.getLong(2), row.getString(3)));
    }

    /** How owners of a service's process begin. */
    private static String instanceOf(Service service) {
        return service.pid() + "@";
    }

    /** Waits until the others have handed it something. */
    void awaitSomeWith(Service service) {
        await().atMost(GIVE_UP).until(() -> tokens().stream().anyMatch(token -> token.isWith(instanceOf(service))));
    }

    /** Kills one, and waits until every projection that it had moves on with another one. */
    void awaitMovedAfter(Service victim, Death death) throws InterruptedException {
        var dead = instanceOf(victim);
        var begin = System.nanoTime();
        death.of(victim);
        Map<String, Long> left = new HashMap<>();
        tokens().stream()
                .filter(token -> token.isWith(dead))
                .forEach(token -> left.put(token.projection, token.position));
        await().atMost(GIVE_UP).pollInterval(LOOK).until(() -> {
            for (var token : tokens()) {
                if (left.containsKey(token.projection)) {
                    if (token.isWith(dead)) {
                        left.put(token.projection, token.position); // its last commit was on its way
                    } else if (!token.owner.isEmpty() && token.position > left.get(token.projection)) {
                        left.remove(token.projection);
                        moves.add(Duration.ofNanos(System.nanoTime() - begin));
                    }
                }
            }
            return left.isEmpty();
        });
    }

    /** How one dies. */
    @FunctionalInterface
    interface Death {
        void of(Service victim) throws InterruptedException;
    }

    /** Every projection is with one of these. */
    void requireWith(List<Service> living) {
        await().atMost(GIVE_UP)
                .untilAsserted(() -> assertThat(tokens())
                        .isNotEmpty()
                        .allSatisfy(
                                token -> assertThat(living).anyMatch(service -> token.isWith(instanceOf(service)))));
    }

    /** These share them: none has two more than another. */
    void awaitSharedBy(List<Service> living) {
        await().atMost(GIVE_UP).untilAsserted(() -> {
            var tokens = tokens();
            assertThat(living)
                    .allSatisfy(service -> assertThat(tokens.stream()
                                    .filter(token -> token.isWith(instanceOf(service)))
                                    .count())
                            .as("read models of %s", instanceOf(service))
                            .isBetween((long) tokens.size() / living.size(), (long)
                                    Math.ceilDiv(tokens.size(), living.size())));
        });
    }

    /** Nothing was projected twice or left out, whoever had the projection: each step begins where the last one ended. */
    void requireOneAtATime() {
        assertThat(log.query(Log.QUERY, """
                        SELECT projection || ': ' || owner || ' began at ' || before || ', the one before ended at ' || ended
                          FROM (SELECT *, lag(after) OVER (PARTITION BY projection ORDER BY number) AS ended
                                  FROM held.step) s
                         WHERE ended <> before
                        """, row -> row.getString(1))).isEmpty();
    }

    /** From each death to the first step of another instance, one for each projection that had to move. */
    List<Duration> moves() {
        return moves.stream().sorted().toList();
    }

    /** How many instances had each projection, one after the other. */
    Map<String, Long> holders() {
        return log
                .query(
                        Log.QUERY,
                        "SELECT projection, count(DISTINCT owner) FROM held.step GROUP BY projection ORDER BY projection",
                        row -> Map.entry(row.getString(1), row.getLong(2)))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
