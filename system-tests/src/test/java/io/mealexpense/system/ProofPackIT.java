package io.mealexpense.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An auditor takes a proof pack away, and somebody without access checks it. */
class ProofPackIT {

    private final Standalone product = Standalone.running();

    @TempDir
    private Path elsewhere;

    @Test
    void a_pack_is_proved_offline_by_the_published_key() throws IOException {
        var member = product.api().register();
        var recorded =
                member.api().post("/expenses", Expenses.lunch("12.50")).send().expect(201);
        var expense = recorded.json().path("id").asString();
        member.api()
                .put("/expenses/" + expense, Expenses.with(Expenses.lunch("13.20"), "spentOn", "2026-04-02"))
                .ifMatch(recorded.etag())
                .send()
                .expect(200, 204);
        var auditor = Staff.auditor(product.base()).api();
        var keys = Files.writeString(
                elsewhere.resolve("log.vkey"),
                Files.readString(product.checkpoints().resolve("log.vkey")));

        for (var about :
                new String[] {"?expenseId=" + expense, "?ownerId=" + member.id() + "&from=2026-03-01&to=2026-03-31"}) {
            var answer = auditor.get("/sealed-log/pack" + about).patiently().expect(200);
            var pack =
                    Files.write(elsewhere.resolve("pack.zip"), answer.response().body());
            assertThat(AuditVerify.pack(pack, keys))
                    .as("exit code for " + about)
                    .isZero();
        }
    }
}
