package io.mealexpense.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.mealexpense.system.Api.Member;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** A dump restored into a fresh cluster goes on where the old one ended. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DumpAndRestoreIT {

    private static final int CLIENTS = 4;

    private final String masterKey = Distributed.randomKey();

    @Test
    void positions_tokens_sign_ins_and_the_seal_survive() {
        var old = InstalledPostgres.create("dumped");
        var fresh = InstalledPostgres.create("restored");
        Member member;
        Crowd before;
        Path published;
        try (var product = Distributed.on(old, masterKey)) {
            member = product.api().register();
            before = new Crowd(CLIENTS, List.of(member.api()));
            before.start().awaitMore(200);
            before.rest();
            before.requireKept(product);
            product.awaitSealed();
            published = product.checkpoints();
            AuditVerify.requireClean(AuditVerify.run(old.database(), published));
            fresh.restore(old.dump());
            AuditVerify.requireClean(AuditVerify.run(fresh.database(), published));
        }

        try (before;
                var product = Distributed.on(fresh, masterKey, 1, published)) {
            var log = product.log();
            var restored = log.head();
            assertThat(restored).isGreaterThan(200);
            assertThat(log.projectedUpTo()).as("the tokens").isEqualTo(restored);
            before.requireKept(product);
            Recovery.requireClosed(product.api()
                    .signIn(member.email(), member.password(), null)
                    .api());
            assertThat(log.head()).isEqualTo(restored);
            Recovery.declare(product, "other-cluster", "A new machine");
            var head = log.head();
            assertThat(head).isEqualTo(restored + 1);

            var again = product.api().signIn(member.email(), member.password(), null);
            var next =
                    again.api().post("/expenses", Expenses.lunch("1.00")).send().expect(201);
            again.api().read("/expenses/" + next.json().path("id").asString(), next);
            assertThat(log.expenseEvents().getLast().position()).isEqualTo(head + 1);
            assertThat(log.head()).isEqualTo(head + 1);
            try (var after = new Crowd(CLIENTS, List.of(again.api()))) {
                after.start().awaitMore(100);
                after.rest();
                before.requireRecorded(log);
                after.requireKept(product);
            }
            var since = product.awaitSealedSinceRecovery();
            var position = Long.toString(head);
            assertThat(AuditVerify.run(fresh.database(), product.checkpoints(), since))
                    .as("nobody has looked into it")
                    .isEqualTo(1);
            AuditVerify.requireClean(
                    AuditVerify.run(fresh.database(), product.checkpoints(), since, "--accept-recovery", position));
        }
    }
}
