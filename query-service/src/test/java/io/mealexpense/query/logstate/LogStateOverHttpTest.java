package io.mealexpense.query.logstate;

import static io.mealexpense.edge.security.Role.ADMIN;
import static io.mealexpense.edge.security.Role.AUDITOR;
import static io.mealexpense.edge.security.Role.MEMBER;
import static org.assertj.core.api.Assertions.assertThat;

import io.mealexpense.events.ExpenseEvents;
import io.mealexpense.postgres.Role;
import io.mealexpense.query.web.QueryServiceTest;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogStateOverHttpTest extends QueryServiceTest {

    private static final String STATE = "/api/v1/log";
    private static final String RECOVERY = "/api/v1/log/recovery";

    private final String admin = tokenOf(UUID.randomUUID(), ADMIN);
    private final String member = tokenOf(UUID.randomUUID(), MEMBER);
    private long head;

    @BeforeEach
    void record() {
        head = LOG.append(ExpenseEvents.lunchRecorded(
                UUID.randomUUID(), UUID.randomUUID(), "12.50", LocalDate.of(2026, 3, 15), null));
    }

    @AfterEach
    void open() throws SQLException {
        asOwner(
                "UPDATE event_store.lineage l SET system_identifier = c.system_identifier, timeline = c.timeline, since = 0,"
                        + " published_size = NULL, published_root = NULL, published_at = NULL, contradiction = NULL"
                        + " FROM event_store.cluster() c");
    }

    private static void asOwner(String sql) throws SQLException {
        try (var connection = DATABASE.connect(Role.MIGRATOR);
                var statement = connection.createStatement()) {
            statement.execute("SET ROLE meals_owner");
            assertThat(statement.executeUpdate(sql)).isEqualTo(1);
        }
    }

    @Test
    void a_log_that_is_at_home_is_open() {
        assertThat(get(STATE, member).body()).isEqualTo("{\"closed\":false}");
        assertThat(get(RECOVERY, admin).json().get("closed").asBoolean()).isFalse();
        assertThat(get(RECOVERY, admin).json().get("position").asLong()).isEqualTo(head);
        assertThat(get(RECOVERY, admin).body()).doesNotContain("why", "published", "declaredAt");
    }

    @Test
    void everybody_learns_that_nothing_can_be_recorded_and_administrators_what_is_lost() throws SQLException {
        asOwner(
                "UPDATE event_store.lineage SET timeline = timeline + 1, published_size = %d, published_root = sha256('r'),"
                                .formatted(head + 7)
                        + " published_at = '2026-11-30T03:00:00Z', since = 3");

        assertThat(get(STATE, member).body()).isEqualTo("{\"closed\":true}");
        var restored = get(RECOVERY, admin).json();
        assertThat(restored.get("closed").asBoolean()).isTrue();
        assertThat(restored.get("why").asString()).isEqualTo("other-timeline");
        assertThat(restored.get("position").asLong()).isEqualTo(head);
        assertThat(restored.get("at").asString()).isNotBlank();
        assertThat(restored.get("published").get("size").asLong()).isEqualTo(head + 7);
        assertThat(restored.get("published").get("at").asString()).isEqualTo("2026-11-30T03:00:00Z");
        assertThat(restored.get("lost").asLong()).isEqualTo(7);
        assertThat(restored.get("declaredAt").asLong()).isEqualTo(3);
    }

    @Test
    void what_contradicts_the_log_is_told() throws SQLException {
        asOwner("UPDATE event_store.lineage SET contradiction = 'it ends too early'");

        var restored = get(RECOVERY, admin).json();
        assertThat(restored.get("why").asString()).isEqualTo("published");
        assertThat(restored.get("contradiction").asString()).isEqualTo("it ends too early");
        assertThat(restored.get("lost").asLong()).isZero();
    }

    @Test
    void only_administrators_read_the_details_and_nobody_anything_without_a_token() {
        assertThat(get(RECOVERY, member).status()).isEqualTo(403);
        assertThat(get(RECOVERY, tokenOf(UUID.randomUUID(), AUDITOR)).status()).isEqualTo(403);
        assertThat(get(RECOVERY, "").status()).isEqualTo(401);
        assertThat(get(STATE, "").status()).isEqualTo(401);
        assertThat(get(STATE, admin).status()).isEqualTo(200);
    }

    /** Every page of an auditor asks; the access log is for what can be read about somebody. */
    @Test
    void an_auditor_who_asks_for_the_state_leaves_no_line_in_the_access_log() throws SQLException {
        var auditor = UUID.randomUUID();
        assertThat(get(STATE, tokenOf(auditor, AUDITOR)).status()).isEqualTo(200);
        get("/api/v1/tags", tokenOf(auditor, AUDITOR));

        try (var connection = DATABASE.connect(Role.QUERY);
                var query = connection.prepareStatement("SELECT path FROM audit.access_log WHERE account_id = ?")) {
            query.setObject(1, auditor);
            try (var row = query.executeQuery()) {
                assertThat(row.next()).isTrue();
                assertThat(row.getString(1)).isEqualTo("/api/v1/tags");
                assertThat(row.next()).isFalse();
            }
        }
    }
}
