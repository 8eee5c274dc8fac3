package io.mealexpense.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Migrations as a step of their own, before anything of the product runs. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class MigrationIT {

    private final Distributed product = Distributed.withoutServices();

    @AfterEach
    void stop() {
        product.close();
    }

    @Test
    void it_needs_the_migrators_login_only_and_services_do_not_need_that() throws Exception {
        for (var module : new String[] {Distributed.COMMAND, Distributed.QUERY}) {
            requireMigratedBesideWhoeverHasThePort(module);
            requireMigratedBesideWhoeverHasThePort(module); // again: there is nothing to do
        }

        product.join(JavaProcess.THIS_BUILD, Distributed.COMMAND, false);
        product.join(JavaProcess.THIS_BUILD, Distributed.QUERY, false);
        var member = product.api().register().api();
        var recorded = member.post("/expenses", Expenses.lunch("12.50")).send().expect(201);
        assertThat(member.read("/expenses/" + recorded.json().path("id").asString(), recorded)
                        .json()
                        .path("amount")
                        .asString())
                .isEqualTo("12.50");
        product.fold().requireEqual();
    }

    private void requireMigratedBesideWhoeverHasThePort(String module) throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var migration = product.migration(module, taken.getLocalPort(), Map.of());
            assertThat(migration.awaitEnd()).as(migration.logTail()).isZero();
        }
    }

    @Test
    void it_migrates_whatever_was_said_about_starts() {
        var migration = product.migration(
                Distributed.QUERY, JavaProcess.freePort(), Map.of("MEALS_QUERY_MIGRATION_ENABLED", "false"));
        assertThat(migration.awaitEnd()).as(migration.logTail()).isZero();
        assertThat(product.log().number("SELECT count(*) FROM read_model.projection_token"))
                .isZero();
    }

    @Test
    void a_migration_that_fails_ends_with_1_and_says_why() throws SQLException {
        product.log()
                .execute(
                        Log.MIGRATOR,
                        "SET ROLE meals_owner",
                        "CREATE SCHEMA account",
                        "CREATE TABLE account.credential ()",
                        "CREATE SCHEMA read_model",
                        "CREATE TABLE read_model.projection_token ()");
        requireFailed(Distributed.COMMAND, Map.of(), "account");
        requireFailed(Distributed.QUERY, Map.of(), "read_model");
    }

    @Test
    void a_wrong_password_ends_with_1_and_says_so() {
        requireFailed(
                Distributed.COMMAND,
                Map.of("MEALS_COMMAND_MIGRATION_DB_PASSWORD", "wrong"),
                "password authentication failed for user \"meals_migrator\"");
        requireFailed(
                Distributed.QUERY,
                Map.of("MEALS_QUERY_MIGRATION_DB_PASSWORD", "wrong"),
                "password authentication failed for user \"meals_migrator\"");
    }

    private void requireFailed(String module, Map<String, String> otherwise, String why) {
        var migration = product.migration(module, JavaProcess.freePort(), otherwise);
        assertThat(migration.awaitEnd()).isEqualTo(1);
        assertThat(migration.log()).contains("side could not be migrated").contains(why);
    }
}
