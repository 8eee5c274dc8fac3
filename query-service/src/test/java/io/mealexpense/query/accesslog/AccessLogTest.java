package io.mealexpense.query.accesslog;

import static io.mealexpense.edge.security.Role.ADMIN;
import static io.mealexpense.edge.security.Role.AUDITOR;
import static io.mealexpense.edge.security.Role.MEMBER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mealexpense.postgres.Role;
import io.mealexpense.query.web.QueryServiceTest;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessLogTest extends QueryServiceTest {

    private static final String ACCESSES = "/api/v1/audit/accesses";

    private final UUID account = UUID.randomUUID();
    private final String auditor = tokenOf(account, AUDITOR, MEMBER);
    private final String admin = tokenOf(UUID.randomUUID(), ADMIN);

    /** What the account read, oldest first. */
    private List<String> read(UUID reader) {
        var answer = get(ACCESSES + "?limit=200&accountId=" + reader, admin);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().get("items").values().stream()
                .map(access -> access.get("route").asString() + " " + access.get("filter"))
                .toList()
                .reversed();
    }

    @Test
    void what_an_auditor_reads_is_written_down() {
        var expense = UUID.randomUUID();
        get("/api/v1/expenses?tag=b&tag=a&q=caf%C3%A9", auditor);
        var history = get("/api/v1/expenses/" + expense + "/history", auditor);
        get("/api/v1/audit/events?limit=none", auditor);

        assertThat(read(account))
                .containsExactly(
                        "/api/v1/expenses {\"q\":[\"café\"],\"tag\":[\"b\",\"a\"]}",
                        "/api/v1/expenses/{id}/history {}",
                        "/api/v1/audit/events {\"limit\":[\"none\"]}");
        var entry = get(ACCESSES + "?traceId=" + history.header("X-Request-Id"), admin)
                .json()
                .get("items")
                .get(0);
        assertThat(entry.get("path").asString()).isEqualTo("/api/v1/expenses/" + expense + "/history");
        assertThat(entry.get("roles").toString()).isEqualTo("[\"AUDITOR\",\"MEMBER\"]");
        assertThat(entry.get("client").asString()).isEqualTo("api");
        assertThat(entry.get("at").asString()).endsWith("Z");
    }

    @Test
    void what_a_member_reads_of_their_own_is_nobodys_business() {
        var member = UUID.randomUUID();
        get("/api/v1/expenses", tokenOf(member, MEMBER));
        get("/api/v1/audit/events", tokenOf(member, MEMBER));

        assertThat(read(member)).isEmpty();
    }

    @Test
    void reading_the_access_log_is_written_down_whoever_reads() {
        var other = UUID.randomUUID();
        get(ACCESSES + "?route=/api/v1/expenses", tokenOf(other, ADMIN));

        assertThat(read(other)).containsExactly("/api/v1/audit/accesses {\"route\":[\"/api/v1/expenses\"]}");
    }

    @Test
    void a_read_that_cannot_be_written_down_is_refused() throws SQLException {
        asOwner("REVOKE INSERT ON audit.access_log FROM meals_query");
        try {
            var refused = get("/api/v1/expenses", auditor);
            assertThat(refused.problem()).isEqualTo("503 busy");
            assertThat(refused.json().get("detail").asString()).contains("access log");
            assertThat(refused.header("Retry-After")).isEqualTo("5");
            assertThat(get("/api/v1/expenses", tokenOf(account, MEMBER)).status())
                    .isEqualTo(200);
        } finally {
            asOwner("GRANT INSERT (account_id, roles, client, route, path, filter, trace_id) ON audit.access_log"
                    + " TO meals_query");
        }
        assertThat(get("/api/v1/expenses", auditor).status()).isEqualTo(200);
    }

    private static void asOwner(String sql) throws SQLException {
        try (var connection = DATABASE.connect(Role.MIGRATOR);
                var statement = connection.createStatement()) {
            statement.execute("SET ROLE meals_owner");
            statement.execute(sql);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE audit.access_log SET path = ''",
                "DELETE FROM audit.access_log",
                "TRUNCATE audit.access_log",
                "INSERT INTO audit.access_log (at, account_id, roles, client, route, path, filter, trace_id)"
                        + " VALUES (now(), gen_random_uuid(), '', '', '', '', '{}', '')"
            })
    void nobody_rewrites_it(String rewriting) {
        assertThatThrownBy(() -> {
                    try (var connection = DATABASE.connect(Role.QUERY);
                            var statement = connection.createStatement()) {
                        statement.execute(rewriting);
                    }
                })
                .hasMessageContaining("permission denied");
        if (!rewriting.startsWith("INSERT")) {
            assertThatThrownBy(() -> asOwner(rewriting)).hasMessageContaining("append-only");
        }
    }

    @Test
    void pages_follow_each_other() {
        for (var i = 0; i < 5; i++) {
            get("/api/v1/tags", auditor);
        }
        var first = get(ACCESSES + "?limit=3&accountId=" + account, admin).json();
        var second = get(
                        ACCESSES + "?limit=3&accountId=" + account + "&cursor="
                                + first.get("nextCursor").asString(),
                        admin)
                .json();

        assertThat(first.get("items").size()).isEqualTo(3);
        assertThat(second.get("items").size()).isEqualTo(2);
        assertThat(second.has("nextCursor")).isFalse();
        assertThat(first.get("items").get(2).get("entry").asLong())
                .isGreaterThan(second.get("items").get(0).get("entry").asLong());
        assertThat(get(ACCESSES + "?from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z", admin)
                        .problem())
                .isEqualTo("400 validation from");
    }
}
