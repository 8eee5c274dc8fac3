package io.mealexpense.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mealexpense.system.Api.Member;
import io.mealexpense.system.Distributed.Service;
import io.mealexpense.system.RebuildGate.Step;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/**
 * Rebuilds of a log of several chunks while people work, by two query services that are killed, frozen and cut
 * off in the middle. After each, {@link Crowd#requireKept}.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RebuildAcrossProcessesIT {

    private static final int FILES = 3;
    private static final int ROWS_EACH = 4_000;
    private static final int CLIENTS = 3;

    /** Longer than a claim lives, shorter than a session may idle that holds something up. */
    private static final Duration A_WHILE = Duration.ofSeconds(30);

    private static Distributed product;
    private static Api api;
    private static Operator operator;
    private static URI commandService;
    private static List<String> everyProjection;

    @BeforeAll
    static void fill() {
        product = Distributed.withClocks(
                new OwnPostgres(), List.of(Duration.ZERO), List.of(Duration.ZERO, Duration.ZERO));
        commandService = product.commands().getFirst();
        api = staying(Api.at(commandService).register()).api();
        operator = new Operator(staying(Staff.administrator(commandService)), commandService, product.query());
        everyProjection = operator.rebuildable();
        var member = staying(Api.at(commandService).register()).api();
        IntStream.range(0, FILES).forEach(number -> importFile(member, number));
        assertThat(product.log().head()).isGreaterThan(FILES * ROWS_EACH);
        await().atMost(Duration.ofMinutes(2))
                .until(() -> product.log().projectedUpTo() == product.log().head());
    }

    @AfterAll
    static void stop() {
        product.close();
    }

    /** The same person for longer than all of this takes. */
    private static Member staying(Member member) {
        var token =
                product.forge().expiringAt(member.api().token(), Instant.now().plus(Duration.ofMinutes(30)));
        return new Member(
                member.api().as(token),
                member.id(),
                member.email(),
                member.password(),
                member.refreshToken(),
                member.registered());
    }

    private static void importFile(Api member, int number) {
        var csv = IntStream.range(0, ROWS_EACH)
                .mapToObj(row -> "2026-%02d-%02d,%d.%02d,Deli %d of %d,lunch"
                        .formatted(1 + row % 3, 1 + row % 28, 1 + row % 40, row % 100, row, number))
                .collect(Collectors.joining("\n", "date,amount,place,meal_type\n", "\n"));
        var body = "--between\r\nContent-Disposition: form-data; name=\"file\"; filename=\"meals.csv\"\r\n"
                + "Content-Type: text/csv\r\n\r\n" + csv + "\r\n--between--\r\n";
        var answer = member.call("POST", "/expenses/import")
                .raw(body.getBytes(StandardCharsets.UTF_8), "multipart/form-data; boundary=between")
                .patiently()
                .expect(200);
        assertThat(answer.json().path("recorded").asInt()).isEqualTo(ROWS_EACH);
    }

    private static Crowd crowd() {
        return new Crowd(CLIENTS, List.of(api)).start();
    }

    private static void requireKept(Crowd crowd) {
        crowd.rest();
        crowd.requireKept(product);
    }

    /** A command and, within a while, a read on the query service that contains it. */
    private static void requireFollows(Service queryService) {
        var recorded = api.post("/expenses", Expenses.lunch("1.00")).patiently().expect(201);
        for (var path : List.of("/expenses/" + recorded.json().path("id").asString(), "/reports/monthly")) {
            await().atMost(A_WHILE)
                    .until(() -> api.via(queryService.base())
                                    .get(path)
                                    .header("Consistency-Token", recorded.consistencyToken())
                                    .send()
                                    .status()
                            == 200);
        }
    }

    private static void requireEqual(UUID rebuild, List<String> projections) {
        var comparisons = operator.rebuild(rebuild).path("comparisons");
        assertThat(comparisons.valueStream().map(it -> it.path("projection").asString() + " " + it.path("equal")))
                .containsExactlyInAnyOrderElementsOf(
                        projections.stream().map(it -> it + " true").toList());
    }

    /** The services of the step's owner and of the other one. */
    private static List<Service> ownerAndOther(Step step) {
        var services = product.queryServices();
        var owner = services.stream()
                .filter(service -> step.owner().startsWith(service.pid() + "@"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No query service is " + step));
        return List.of(owner, services.get(1 - services.indexOf(owner)));
    }

    /** It went on from where it was: nothing was copied again, and two instances worked on it, one after the other. */
    private static void requireResumed(List<Step> steps) {
        assertThat(steps.stream().map(Step::generation).filter(it -> it > 0).distinct())
                .as("copies that were begun")
                .hasSize(1);
        var done = steps.stream().mapToLong(Step::eventsDone).toArray();
        assertThat(done).as("events done, step by step: %s", steps).isSorted();
        var owners = steps.stream().map(Step::owner).filter(it -> !it.isEmpty()).toList();
        assertThat(owners.stream().distinct()).hasSize(2);
        var second = steps.get(owners.indexOf(owners.getLast()));
        assertThat(second.state()).isEqualTo("copying");
        assertThat(second.eventsDone()).as("where the second one began").isPositive();
    }

    // ---- while people work

    @Test
    void read_models_are_rebuilt_whole_while_two_services_answer_and_people_work() {
        var auditor = Staff.auditor(commandService).api().via(product.query());
        try (var crowd = crowd();
                var onlookers = new Onlookers(
                        staying(Api.at(commandService).register()).api(),
                        commandService,
                        product.queryServices().stream().map(Service::base).toList())) {
            crowd.awaitMore(50);
            var all = operator.rebuildAll("To see that all is well");
            var readsBefore = onlookers.reads();
            var one = operator.rebuild("monthly-report", "Nothing is as good as asking twice");
            for (var service : product.queryServices()) {
                var looking = operator.lookingAt(service.base());
                assertThat(looking.rebuild(Operator.idOf(all), all)
                                .path("projections")
                                .valueStream()
                                .map(it -> it.asString()))
                        .containsExactlyInAnyOrderElementsOf(everyProjection);
                assertThat(looking.rebuild(Operator.idOf(one), one)
                                .path("reason")
                                .asString())
                        .isEqualTo("Nothing is as good as asking twice");
            }
            var first = operator.awaitState(Operator.idOf(all), "swapped");
            var second = operator.awaitState(Operator.idOf(one), "swapped");
            assertThat(onlookers.reads() - readsBefore).as("reads meanwhile").isGreaterThan(100);

            requireEqual(Operator.idOf(all), everyProjection);
            requireEqual(Operator.idOf(one), List.of("monthly-report"));
            assertThat(operator.projection("expense-list").path("generation")).isEqualTo(first.path("generation"));
            assertThat(operator.projection("monthly-report").path("generation")).isEqualTo(second.path("generation"));
            var request = auditor.read(
                            "/audit/events?type=ProjectionRebuildRequested&subjectId=" + Operator.idOf(all), all)
                    .json()
                    .path("items");
            assertThat(request).hasSize(1);
            assertThat(request.path(0).path("reason").asString()).isEqualTo("To see that all is well");
            assertThat(request.path(0).path("actor").path("id").asString())
                    .isEqualTo(operator.id().toString());

            crowd.awaitMore(50);
            product.queryServices().forEach(RebuildAcrossProcessesIT::requireFollows);
            onlookers.rest();
            requireKept(crowd);
        }
    }

    // ---- killed

    @Test
    void a_rebuild_whose_runner_is_killed_goes_on_elsewhere_and_after_a_restart() throws Exception {
        try (var crowd = crowd()) {
            UUID id;
            Service victim;
            Service survivor;
            try (var gate = RebuildGate.closedAt(product.log(), RebuildGate.SECOND_CHUNK)) {
                id = Operator.idOf(operator.rebuildAll("One will die"));
                gate.awaitHeld();
                victim = ownerAndOther(gate.steps(id).getLast()).getFirst();
                survivor = ownerAndOther(gate.steps(id).getLast()).getLast();
                victim.kill();
                gate.open(RebuildGate.SECOND_CHUNK);
                operator.lookingAt(survivor.base()).awaitState(id, "swapped");
                requireResumed(gate.steps(id));
            }
            try (var gate = RebuildGate.closedAt(product.log(), RebuildGate.SECOND_CHUNK)) {
                id = Operator.idOf(operator.rebuildAll("The last one will die"));
                gate.awaitHeld();
                survivor.kill();
                gate.open(RebuildGate.SECOND_CHUNK);
                crowd.awaitMore(50); // with nobody to read
                survivor.restart().awaitReady();
                victim.restart(); // which takes longer than the other one needs
                operator.lookingAt(survivor.base()).awaitState(id, "swapped");
                requireResumed(gate.steps(id));
            }
            victim.awaitReady();
            requireEqual(id, everyProjection);
            requireKept(crowd);
        }
    }

    // ---- frozen

    /**
     * As long as a frozen runner's connections live, nobody may take its place: it could go on any moment. So the
     * rebuild waits for it, and nothing else does.
     */
    @Test
    void a_frozen_runner_keeps_its_rebuild_until_its_connections_end_and_is_refused_when_it_thaws() throws Exception {
        try (var crowd = crowd();
                var gate = RebuildGate.closedAt(product.log(), RebuildGate.SECOND_CHUNK)) {
            var id = Operator.idOf(operator.rebuildAll("One will stand still"));
            gate.awaitHeld();
            var begun = gate.steps(id).getLast();
            var frozen = ownerAndOther(begun).getFirst();
            var living = ownerAndOther(begun).getLast();
            frozen.freeze();
            try {
                requireFollows(living);
                assertThat(gate.steps(id).getLast()).isEqualTo(begun);

                gate.cut(); // what a network does that is down for too long
                gate.open(RebuildGate.SECOND_CHUNK);
                operator.lookingAt(living.base()).awaitState(id, "swapped");
                requireResumed(gate.steps(id));
                requireFollows(living);
            } finally {
                frozen.thaw();
            }
            var steps = gate.steps(id).size();
            crowd.awaitMore(200);
            requireFollows(frozen);
            assertThat(gate.steps(id)).as("steps after the thaw").hasSize(steps);
            requireKept(crowd);
        }
    }

    @Test
    void a_runner_that_freezes_in_the_swap_holds_up_nobody_and_swaps_when_it_thaws() throws Exception {
        try (var crowd = crowd();
                var gate = RebuildGate.closedAt(product.log(), "swapped")) {
            var id = Operator.idOf(operator.rebuildAll("One will stand still at the very end"));
            gate.awaitHeld();
            var last = gate.steps(id).getLast();
            assertThat(last.state()).isEqualTo("swapping");
            var frozen = ownerAndOther(last).getFirst();
            var living = ownerAndOther(last).getLast();
            frozen.freeze();
            try {
                gate.open("swapped"); // the server has done all that it was told, but the commit
                requireFollows(living);
                assertThat(operator.lookingAt(living.base())
                                .rebuild(id)
                                .path("state")
                                .asString())
                        .isEqualTo("swapping");
            } finally {
                frozen.thaw();
            }
            operator.awaitState(id, "swapped");
            requireKept(crowd);
        }
    }

    // ---- cut off

    @Test
    void a_rebuild_that_is_cut_off_at_any_step_goes_on() throws Exception {
        var points = new String[] {"indexing", "catching-up", "comparing", "swapping", "swapped"};
        try (var crowd = crowd();
                var gate = RebuildGate.closedAt(product.log(), points)) {
            var id = Operator.idOf(operator.rebuildAll("Lines are bad"));
            for (var point : points) {
                gate.awaitHeld();
                gate.cut();
                gate.open(point);
            }
            operator.awaitState(id, "swapped");
            requireEqual(id, everyProjection);
            requireKept(crowd);
        }
    }

    // ---- decided

    @Test
    void a_rebuild_cancelled_midway_leaves_everything_as_it_was() throws Exception {
        var before = operator.projection("audit-trail").path("generation");
        try (var crowd = crowd();
                var gate = RebuildGate.closedAt(product.log(), RebuildGate.SECOND_CHUNK)) {
            var id = Operator.idOf(operator.rebuildAll("By mistake"));
            gate.awaitHeld();
            var cancelled = operator.cancel(id, "It was a mistake");
            gate.awaitActWaiting();
            gate.open(RebuildGate.SECOND_CHUNK);
            var generation =
                    operator.awaitState(id, "cancelled").path("generation").asLong();

            assertThat(operator.rebuild(id, cancelled).path("comparisons")).isEmpty();
            assertThat(operator.projection("audit-trail").path("generation")).isEqualTo(before);
            assertThat(product.log()
                            .number("SELECT count(*) FROM pg_namespace WHERE nspname = 'read_model_" + generation
                                    + "'"))
                    .as("what was made of it")
                    .isZero();
            requireKept(crowd);
        }
    }

    @Test
    void a_live_copy_that_was_tampered_with_is_told_without_contents_and_replaced_on_demand() throws Exception {
        var member = staying(Api.at(commandService).register()).api();
        var lunch = Expenses.with(Expenses.lunch("77.31"), "place", "Chez Secret");
        var recorded = member.post("/expenses", lunch).patiently().expect(201);
        var expense = recorded.json().path("id").asString();
        member.via(product.query()).read("/expenses/" + expense, recorded);
        product.log()
                .execute(
                        Log.QUERY,
                        "UPDATE %s.expense_list_item SET amount = 78.31, place = 'Chez Tampered' WHERE expense_id = '%s'"
                                .formatted(liveSchema("expense-list"), expense));

        var id = Operator.idOf(operator.rebuild("expense-list", "Somebody was at it"));
        var differing = operator.awaitState(id, "differs");
        assertThat(differing.path("comparisons").path(0).path("tables").toString())
                .contains(
                        "\"table\":\"expense_list_item\",\"onlyLive\":0,\"onlyRebuilt\":0,\"different\":1",
                        "\"key\":{\"expense_id\":\"%s\"},\"side\":\"both\"".formatted(expense),
                        "\"amount\"",
                        "\"place\"");
        assertThat(differing.toString()).doesNotContain("77.31", "78.31", "Secret", "Tampered", "secret");
        assertThat(product.fold().exitCode()).isEqualTo(1);

        var decided = operator.swap(id, "The log is right");
        operator.awaitState(id, "swapped");
        product.fold().requireEqual();
        var audited = Staff.auditor(commandService)
                .api()
                .via(product.query())
                .read("/audit/events?subjectId=" + id, decided)
                .json()
                .path("items");
        assertThat(audited.valueStream()
                        .map(it -> it.path("event").asString() + ": "
                                + it.path("reason").asString()))
                .containsExactly(
                        "ProjectionRebuildSwapped: The log is right", "ProjectionRebuildRequested: Somebody was at it");

        var comparedAt = differing.path("comparisons").path(0).path("position").asLong();
        var again = Map.of("reason", "Once more", "comparedAt", comparedAt);
        requireRefused(id, "swap", again);
        operator.cancel(id, "It came to nothing").expect(202);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(operator.rebuild(id).path("decisions").toString())
                                .contains("\"act\":\"cancel\"", "\"outcome\":\"too-late\""));
        assertThat(operator.rebuild(id).path("state").asString()).isEqualTo("swapped");
        requireRefused(id, "swap", again);
        requireRefused(id, "cancel", Map.of("reason", "Once more"));
    }

    private static void requireRefused(UUID decided, String act, Map<String, ?> request) {
        Staff.administrator(commandService)
                .api()
                .post("/rebuilds/" + decided + "/" + act, request)
                .send()
                .expect(409);
    }

    private static String liveSchema(String projection) {
        return product.log()
                .query(
                        Log.QUERY,
                        "SELECT schema FROM read_model.projection_token WHERE projection = '" + projection + "'",
                        row -> row.getString(1))
                .getFirst();
    }
}
