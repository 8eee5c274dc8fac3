package io.mealexpense.command.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mealexpense.command.WriteSideOnPostgres;
import io.mealexpense.postgres.Role;
import io.mealexpense.postgres.SharedPostgres;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Auditors are watched on this side too. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class AccessLogTest extends WriteSideOnPostgres {

    private static final String ACCOUNTS = "/api/v1/auth/accounts";

    @Value("${meals.command.datasource.url}")
    private String url;

    private UUID account;
    private String auditor;

    @BeforeEach
    void an_auditor() {
        var email = newEmail();
        account = register(email);
        var admin = signIn(ADMIN_EMAIL).access();
        assertThat(call(HttpMethod.PUT, ACCOUNTS + "/" + account + "/roles/AUDITOR", null, admin))
                .hasStatus(204);
        auditor = signIn(email).access();
    }

    /** What the account read; this role may only insert. */
    private List<String> read(UUID reader) {
        return asOwner("SELECT route || ' ' || roles || ' ' || client FROM audit.access_log" + " WHERE account_id = '"
                + reader + "' ORDER BY entry");
    }

    private List<String> asOwner(String sql) {
        var postgres = SharedPostgres.database();
        var session = new SingleConnectionDataSource(
                url, postgres.username(Role.MIGRATOR), postgres.password(Role.MIGRATOR), true);
        try {
            var owner = JdbcClient.create(session);
            owner.sql("SET ROLE meals_owner").update();
            if (sql.startsWith("SELECT")) {
                return owner.sql(sql).query(String.class).list();
            }
            owner.sql(sql).update();
            return List.of();
        } finally {
            session.destroy();
        }
    }

    @Test
    void the_directory_is_not_read_unseen() {
        assertThat(get(ACCOUNTS, auditor)).hasStatus(200);
        assertThat(read(account)).containsExactly(ACCOUNTS + " AUDITOR,MEMBER api");
    }

    @Test
    void what_concerns_nobody_else_is_not_written_down() {
        assertThat(get("/api/v1/auth/me", auditor)).hasStatus(200);
        assertThat(get("/.well-known/log-keys.json", auditor)).hasStatus(200);
        assertThat(read(account)).isEmpty();
    }

    @Test
    void what_is_refused_by_role_is_not_written_down_and_neither_is_what_administrators_read() {
        var email = newEmail();
        var member = register(email);
        assertThat(get(ACCOUNTS, signIn(email).access())).hasStatus(403);
        var admin = signIn(ADMIN_EMAIL).access();
        var administrator = UUID.fromString(read(get("/api/v1/auth/me", admin), "$.id"));
        assertThat(get(ACCOUNTS, admin)).hasStatus(200);
        assertThat(read(member)).isEmpty();
        assertThat(read(administrator)).isEmpty();
    }

    @Test
    void a_read_that_cannot_be_written_down_is_refused() {
        asOwner("REVOKE INSERT ON audit.access_log FROM meals_command");
        try {
            var refused = get(ACCOUNTS, auditor);
            assertProblem(refused, 503, "busy");
            assertThat(refused).hasHeader("Retry-After", "5");
            assertThat(get(ACCOUNTS, signIn(ADMIN_EMAIL).access())).hasStatus(200);
        } finally {
            asOwner("GRANT INSERT (account_id, roles, client, route, path, filter, trace_id) ON audit.access_log"
                    + " TO meals_command");
        }
        assertThat(get(ACCOUNTS, auditor)).hasStatus(200);
    }

    @Test
    void this_side_can_neither_read_nor_change_it() {
        for (var denied : List.of(
                "SELECT count(*) FROM audit.access_log",
                "UPDATE audit.access_log SET path = ''",
                "DELETE FROM audit.access_log")) {
            assertThatThrownBy(() -> database.sql(denied).query().listOfRows())
                    .rootCause()
                    .hasMessageContaining("permission denied");
        }
    }
}
