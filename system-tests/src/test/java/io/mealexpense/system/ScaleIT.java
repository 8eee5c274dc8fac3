package io.mealexpense.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mealexpense.system.Api.Member;
import io.mealexpense.system.Distributed.Service;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Two command services and two query services, of which one after the other dies or leaves and comes back while people
 * work: every few seconds, from {@code -Dscale.seed}, for {@code -Dscale.seconds}: {@code .ci/scale}.
 */
@EnabledIfSystemProperty(named = "scale.seconds", matches = "\\d+", disabledReason = ".ci/scale runs it")
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("alone")
class ScaleIT {

    private static final Duration LENGTH = Duration.ofSeconds(Long.getLong("scale.seconds", 0));
    private static final int CLIENTS = 4;
    private static final int REGULARS = 2;

    /** Leaves two cores something to start processes with. */
    private static final Duration THOUGHT = Duration.ofMillis(40);

    /** Acknowledgements that there must be after each turn, and answers while somebody leaves. */
    private static final int GOES_ON = 10;

    /** What the product promises: a claim lives for four seconds, and others look twice a second. */
    private static final Duration MOVED = Duration.ofSeconds(5);

    private static final int LONGEST_PAUSE_MILLIS = 2_000;

    /** What happens to one of the services; the same one joins afterwards. */
    private enum Turn {
        COMMAND_SERVICE_DIES(Distributed.COMMAND),
        COMMAND_SERVICE_LEAVES(Distributed.COMMAND),
        QUERY_SERVICE_DIES(Distributed.QUERY),
        QUERY_SERVICE_LEAVES(Distributed.QUERY);

        private final String kind;

        Turn(String kind) {
            this.kind = kind;
        }
    }

    private final long seed = Long.getLong("scale.seed", new Random().nextInt(1_000_000));
    private final Random random = new Random(seed);
    private final OwnPostgres postgres = new OwnPostgres();
    private final Distributed product = Distributed.withoutServices(postgres);
    private final Map<String, List<Service>> ready = new HashMap<>();
    private final Map<String, Future<Service>> joining = new HashMap<>();
    private final ExecutorService doors = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<Turn, Integer> turns = new EnumMap<>(Turn.class);

    @BeforeEach
    void start() {
        for (var kind : List.of(Distributed.COMMAND, Distributed.QUERY)) {
            var two = new ArrayList<Service>();
            two.add(product.join(JavaProcess.THIS_BUILD, kind, true));
            two.add(product.join(JavaProcess.THIS_BUILD, kind, false));
            ready.put(kind, two);
        }
    }

    @AfterEach
    void stop() {
        doors.shutdownNow();
        product.close();
    }

    @Test
    void nothing_is_lost_or_doubled_and_every_projection_moves_on_while_services_die_leave_and_join()
            throws InterruptedException, SQLException {
        System.out.printf("Scale: seed %d, for %d s%n", seed, LENGTH.toSeconds());
        var member = product.api().register();
        var holders = new Holders(product.log());
        try (var crowd = new Crowd(CLIENTS, List.of(staying(member)), THOUGHT).start();
                var regulars = new Regulars(REGULARS, product.base(), THOUGHT)) {
            Deque<Turn> next = new ArrayDeque<>();
            var begin = System.nanoTime();
            while (turns.size() < Turn.values().length || System.nanoTime() - begin < LENGTH.toNanos()) {
                if (next.isEmpty()) {
                    var all = Arrays.asList(Turn.values());
                    Collections.shuffle(all, random);
                    next.addAll(all);
                }
                var turn = next.remove();
                var service = oneOfTwo(turn.kind);
                System.out.printf("Scale: %5.1f s, %s%n", (System.nanoTime() - begin) / 1e9, turn);
                take(turn, service, holders, crowd, regulars);
                turns.merge(turn, 1, Integer::sum);
                crowd.awaitMore(GOES_ON);
                join(turn.kind, service);
                Thread.sleep(random.nextInt(LONGEST_PAUSE_MILLIS));
            }
            awaitJoined();
            crowd.rest();
            holders.requireWith(product.queryServices());
            holders.awaitSharedBy(product.queryServices());
            tell(holders, crowd);
            crowd.requireKept(product);
            holders.requireOneAtATime();
        }
        product.awaitSealed();
        AuditVerify.requireClean(AuditVerify.run(postgres.database(), product.checkpoints()));
        assertThat(holders.moves())
                .as("from a death to the first step of another instance")
                .isNotEmpty()
                .allSatisfy(move -> assertThat(move).isLessThanOrEqualTo(MOVED));
    }

    private void take(Turn turn, Service service, Holders holders, Crowd crowd, Regulars regulars)
            throws InterruptedException {
        switch (turn) {
            case COMMAND_SERVICE_DIES -> product.lose(service);
            case QUERY_SERVICE_DIES -> {
                holders.awaitSomeWith(service);
                holders.awaitMovedAfter(service, product::lose);
            }
            case COMMAND_SERVICE_LEAVES, QUERY_SERVICE_LEAVES -> {
                crowd.awaitMore(GOES_ON); // whoever was at one that died asks again
                var failed = crowd.notAcknowledged().size();
                regulars.start();
                product.retire(service);
                var answered = regulars.answers();
                await().atMost(Duration.ofMinutes(1)).until(() -> regulars.answers() >= answered + GOES_ON);
                crowd.awaitMore(GOES_ON);
                regulars.rest();
                assertThat(crowd.notAcknowledged()).as("requests that failed").hasSize(failed);
            }
        }
    }

    /** Signed in for as long as this takes: how long people stay signed in is not what is asked. */
    private Api staying(Member member) {
        var until = Instant.now().plus(LENGTH).plus(Duration.ofHours(1));
        return member.api().as(product.forge().expiringAt(member.api().token(), until));
    }

    /** Never the last one of its kind: waits until there is another. */
    private Service oneOfTwo(String kind) throws InterruptedException {
        var some = ready.get(kind);
        if (some.size() < 2) {
            some.add(outcome(joining.remove(kind)));
        }
        return some.remove(random.nextInt(some.size()));
    }

    /** Beside whatever happens next. */
    private void join(String kind, Service service) {
        joining.put(kind, doors.submit(() -> product.admit(service.restart())));
    }

    private void awaitJoined() throws InterruptedException {
        for (var one : joining.values()) {
            outcome(one);
        }
        joining.clear();
    }

    private static Service outcome(Future<Service> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException failed) {
            throw new AssertionError("A service did not join", failed.getCause());
        }
    }

    private void tell(Holders holders, Crowd crowd) {
        var moves = holders.moves();
        System.out.printf(
                "Scale: seed %d: %s; %d events, %d requests not acknowledged the first time; instances that had each"
                        + " projection: %s%n",
                seed, turns, product.log().head(), crowd.notAcknowledged().size(), holders.holders());
        System.out.printf(
                "Scale: %d moves, from the death to the first step of another instance: shortest %d ms, median %d ms,"
                        + " nine of ten %d ms, longest %d ms%n",
                moves.size(),
                moves.getFirst().toMillis(),
                moves.get(moves.size() / 2).toMillis(),
                moves.get(moves.size() * 9 / 10).toMillis(),
                moves.getLast().toMillis());
    }
}
