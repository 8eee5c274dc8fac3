package io.mealexpense.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mealexpense.system.Api.Member;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** A base backup is recovered to an earlier point in time; a server that restarts or crashes is not. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PointInTimeIT {

    private final String masterKey = Distributed.randomKey();

    @Test
    void two_command_services_take_nothing_until_one_declaration_of_several_opens_both() throws Exception {
        var old = InstalledPostgres.create("before");
        InstalledPostgres recovered;
        Member member;
        Path published;
        long sealed;
        try (var product = Distributed.on(old, masterKey)) {
            member = product.api().register();
            record(member, 20);
            product.awaitSealed();
            recovered = old.baseBackup("recovered");
            record(member, 15);
            product.awaitSealed();
            sealed = product.log().head();
            published = product.checkpoints();
            recovered.recover();

            try (var restored = Distributed.on(recovered, masterKey, 2, published)) {
                var end = restored.log().head();
                assertThat(end).isEqualTo(sealed - 15);
                var again = restored.api()
                        .signIn(member.email(), member.password(), null)
                        .api();
                for (var command : restored.commands()) {
                    again.via(command)
                            .post("/expenses", Expenses.lunch("1.00"))
                            .send()
                            .expect(503);
                }
                Recovery.requireClosed(again);
                assertThat(restored.log().head()).isEqualTo(end);
                var administrator = Staff.administrator(restored.base()).api();
                await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                    var found = administrator
                            .get("/log/recovery")
                            .send()
                            .expect(200)
                            .json();
                    assertThat(found.path("why").asString()).isEqualTo("other-timeline");
                    assertThat(found.path("published").path("size").asLong()).isEqualTo(sealed);
                    assertThat(found.path("lost").asLong()).isEqualTo(15);
                });

                declareTogether(restored, administrator, end);

                assertThat(restored.log()
                                .query(
                                        Log.QUERY,
                                        "SELECT position FROM event_store.domain_event WHERE name = 'LogRecoveryDeclared'",
                                        row -> row.getLong(1)))
                        .containsExactly(end + 1);
                for (var command : restored.commands()) {
                    await().atMost(Duration.ofSeconds(5))
                            .untilAsserted(() -> again.via(command)
                                    .post("/expenses", Expenses.lunch("2.00"))
                                    .send()
                                    .expect(201));
                }
                Recovery.requireOpen(again);
                requireInTheAuditTrail(restored);
                var since = restored.awaitSealedSinceRecovery();
                var checkpoints = restored.checkpoints();
                assertThat(AuditVerify.run(recovered.database(), checkpoints, since))
                        .isEqualTo(1);
                AuditVerify.requireClean(AuditVerify.run(
                        recovered.database(), checkpoints, since, "--accept-recovery", Long.toString(end + 1)));
                assertThat(restored.fold()).isNotNull();
            }
        }
    }

    /** To one command service each. */
    private static void declareTogether(Distributed restored, Api administrator, long end) throws Exception {
        var together = new CyclicBarrier(2);
        try (var threads = Executors.newFixedThreadPool(2)) {
            var answers = threads.invokeAll(restored.commands().stream()
                    .map(command -> (Callable<Long>) () -> {
                        together.await();
                        return administrator
                                .via(command)
                                .post("/log/recovery", Map.of("position", end, "reason", "A disk was lost"))
                                .send()
                                .expect(200)
                                .json()
                                .path("declaredAt")
                                .asLong();
                    })
                    .toList());
            for (var answer : answers) {
                assertThat(answer.get()).isEqualTo(end + 1);
            }
        }
    }

    private static void requireInTheAuditTrail(Distributed product) {
        var auditor = Staff.auditor(product.base()).api();
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            var items = auditor.get("/audit/events?type=LogRecoveryDeclared")
                    .send()
                    .expect(200)
                    .json()
                    .path("items");
            assertThat(items.size()).isEqualTo(1);
            assertThat(items.get(0).path("reason").asString()).isEqualTo("A disk was lost");
        });
    }

    @Test
    void a_server_that_restarts_or_is_killed_closes_nothing() throws Exception {
        var server = InstalledPostgres.create("restarting");
        try (var product = Distributed.on(server, masterKey)) {
            var member = product.api().register();
            record(member, 3);
            for (var disturbance : List.<Disturbance>of(server::restart, server::crash)) {
                disturbance.happens();
                // Each service notices for itself that its connections are gone, and says so until it has new ones.
                await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                    var answer = member.api()
                            .post("/expenses", Expenses.lunch("1.00"))
                            .send();
                    assertThat(answer.text()).doesNotContain("log-closed");
                    answer.expect(201);
                    Recovery.requireOpen(member.api());
                });
            }
            product.logs().forEach(log -> assertThat(log).doesNotContain("takes no appends"));
            product.awaitSealed();
        }
    }

    @FunctionalInterface
    private interface Disturbance {
        void happens() throws Exception;
    }

    private static void record(Member member, int expenses) {
        for (var i = 0; i < expenses; i++) {
            member.api().post("/expenses", Expenses.lunch("1.00")).patiently().expect(201);
        }
    }
}
