package io.mealexpense.query.projections;

import static io.mealexpense.edge.security.Role.ADMIN;
import static io.mealexpense.edge.security.Role.MEMBER;
import static io.mealexpense.events.ExpenseEvents.amendedTo;
import static io.mealexpense.events.ExpenseEvents.lunchRecorded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mealexpense.postgres.Role;
import io.mealexpense.query.web.QueryServiceTest;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StoppedProjectionTest extends QueryServiceTest {

    private static final String MONTHLY = "/api/v1/reports/monthly?from=2026-03&to=2026-03";

    private final UUID owner = UUID.randomUUID();
    private final UUID expense = UUID.randomUUID();
    private final String token = tokenOf(owner, MEMBER);
    private final String admin = tokenOf(UUID.randomUUID(), ADMIN);

    private String monthlyReport() {
        return get("/api/v1/projections", admin).json().get("items").values().stream()
                .filter(item -> item.get("name").asString().equals("monthly-report"))
                .findFirst()
                .orElseThrow()
                .toString();
    }

    private void setSequence(long sequence) throws SQLException {
        try (var connection = DATABASE.connect(Role.QUERY);
                var update = connection.prepareStatement(
                        "UPDATE read_model.monthly_report_line SET sequence = ? WHERE expense_id = ?")) {
            update.setLong(1, sequence);
            update.setObject(2, expense);
            assertThat(update.executeUpdate()).isEqualTo(1);
        }
    }

    @Test
    void a_broken_read_model_stops_alone_says_why_and_goes_on_when_it_is_repaired() throws SQLException {
        var day = LocalDate.of(2026, 3, 15);
        var recorded = LOG.append(lunchRecorded(expense, owner, "12.50", day, null));
        assertThat(seen(MONTHLY, token, recorded).body()).contains("12.50");
        setSequence(-1);
        var amended = LOG.append(amendedTo(expense, owner, "13.20", day, null));
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(monthlyReport())
                        .contains(
                                "\"state\":\"failed\"",
                                "\"lagEvents\":1",
                                "monthly_report_line of " + expense + ": event 1 follows event -1"));
        assertThat(seen(MONTHLY, token, amended).problem()).isEqualTo("503 projection-behind");
        assertThat(get(MONTHLY, token).body()).contains("12.50");
        assertThat(seen("/api/v1/expenses", token, amended).body()).contains("13.20");
        setSequence(0);
        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> assertThat(monthlyReport())
                        .contains("\"state\":\"running\"", "\"lagEvents\":0")
                        .doesNotContain("error"));
        assertThat(seen(MONTHLY, token, amended).body()).contains("13.20");
    }
}
