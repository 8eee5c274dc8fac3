package io.mealexpense.query.projections;

import static io.mealexpense.edge.security.Role.ADMIN;
import static io.mealexpense.edge.security.Role.MEMBER;
import static io.mealexpense.events.ExpenseEvents.amendedTo;
import static io.mealexpense.events.ExpenseEvents.lunchRecorded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mealexpense.events.DeadLetterDiscarded;
import io.mealexpense.events.DeadLetterRetried;
import io.mealexpense.postgres.Role;
import io.mealexpense.query.web.QueryServiceTest;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class DeadLetterOverHttpTest extends QueryServiceTest {

    private static final String MONTHLY = "/api/v1/reports/monthly?from=2026-03&to=2026-03";
    private static final String LETTERS = "/api/v1/projections/monthly-report/dead-letters";

    @Autowired
    private MeterRegistry meters;

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

    private double metric() {
        return meters.get("meals.projection.dead.letters")
                .tag("projection", "monthly-report")
                .gauge()
                .value();
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
    void an_event_put_aside_is_told_to_the_operator_and_its_owner_until_a_retry_takes_it() throws SQLException {
        var day = LocalDate.of(2026, 3, 15);
        var recorded = LOG.append(lunchRecorded(expense, owner, "12.50", day, null));
        assertThat(seen(MONTHLY, token, recorded).body()).contains("12.50").doesNotContain("incomplete");
        setSequence(-1);
        var amended = LOG.append(amendedTo(expense, owner, "13.20", day, null));

        assertThat(seen(MONTHLY, token, amended).body()).contains("12.50", "\"incomplete\":true");
        assertThat(seen("/api/v1/expenses", token, amended).body())
                .as("another read model")
                .contains("13.20")
                .doesNotContain("incomplete");
        assertThat(get(MONTHLY, tokenOf(UUID.randomUUID(), MEMBER)).body())
                .as("somebody else's")
                .doesNotContain("incomplete");
        assertThat(monthlyReport()).contains("\"state\":\"running\"", "\"deadLetters\":1");
        await().untilAsserted(() -> assertThat(metric()).isEqualTo(1));
        var letter = get(LETTERS, admin).json().get("items").get(0);
        assertThat(letter.get("subjectId").asString()).isEqualTo(expense.toString());
        assertThat(letter.get("error").asString()).contains("event 1 follows event -1");
        assertThat(letter.get("event").asString()).isEqualTo("MealExpenseAmended");

        var discarded = LOG.append(new DeadLetterDiscarded(UUID.randomUUID(), "monthly-report", expense, "Known"));
        assertThat(seen(MONTHLY, token, discarded).body()).contains("\"incomplete\":true");
        assertThat(monthlyReport()).contains("\"deadLetters\":0", "\"discardedLetters\":1");
        await().untilAsserted(() -> assertThat(metric()).isZero());

        setSequence(0);
        var retried = LOG.append(new DeadLetterRetried(UUID.randomUUID(), "monthly-report", expense, "Mended"));
        assertThat(seen(MONTHLY, token, retried).body()).contains("13.20").doesNotContain("incomplete");
        assertThat(monthlyReport()).contains("\"deadLetters\":0", "\"discardedLetters\":0");
        assertThat(get(LETTERS, admin).json().get("items")).isEmpty();
        assertThat(acts(retried)).startsWith("retry taken", "discard discarded");
    }

    /** Newest first, of this test's subject. */
    private List<String> acts(long position) {
        return seen(LETTERS, admin, position).json().get("acts").values().stream()
                .filter(act -> act.get("subjectId").asString().equals(expense.toString()))
                .map(act -> act.get("act").asString() + " " + act.get("outcome").asString())
                .toList();
    }

    @Test
    void an_act_that_was_about_nothing_says_so() throws SQLException {
        var day = LocalDate.of(2026, 3, 15);
        LOG.append(lunchRecorded(expense, owner, "12.50", day, null));
        var retried = LOG.append(new DeadLetterRetried(UUID.randomUUID(), "monthly-report", expense, "Just in case"));
        assertThat(acts(retried)).containsExactly("retry nothing");
        assertThat(seen(MONTHLY, token, retried).body()).doesNotContain("incomplete");
        setSequence(-1);
        LOG.append(amendedTo(expense, owner, "13.20", day, null));
        LOG.append(new DeadLetterRetried(UUID.randomUUID(), "monthly-report", expense, "Too soon"));
        LOG.append(new DeadLetterDiscarded(UUID.randomUUID(), "monthly-report", expense, "Known"));
        var twice = LOG.append(new DeadLetterDiscarded(UUID.randomUUID(), "monthly-report", expense, "Known"));
        assertThat(acts(twice))
                .containsExactly("discard nothing", "discard discarded", "retry failed-again", "retry nothing");
        setSequence(0);
        var mended = LOG.append(new DeadLetterRetried(UUID.randomUUID(), "monthly-report", expense, "Mended"));
        assertThat(acts(mended)).startsWith("retry taken");
    }

    @Test
    void what_notes_the_wishes_of_operators_is_shown_and_cannot_be_rebuilt() {
        var position = LOG.append(lunchRecorded(expense, owner, "12.50", LocalDate.of(2026, 3, 15), null));
        seen("/api/v1/rebuilds", admin, position);
        var control = get("/api/v1/projections", admin).json().get("items").values().stream()
                .filter(item -> item.get("name").asString().equals("rebuild-control"))
                .findFirst()
                .orElseThrow();
        assertThat(control.get("rebuildable").asBoolean()).isFalse();
        assertThat(control.get("state").asString()).isEqualTo("running");
        assertThat(control.get("instance").asString())
                .as("this process")
                .isEqualTo(ManagementFactory.getRuntimeMXBean().getName());
        assertThat(control.get("position").asLong()).isGreaterThanOrEqualTo(position);
        assertThat(control.get("head").asLong()).isGreaterThanOrEqualTo(position);
        assertThat(control.get("lagSeconds").asDouble()).isLessThan(5);
        assertThat(monthlyReport()).contains("\"rebuildable\":true");
    }

    @Test
    void letters_are_for_operators_and_of_projections_that_exist() {
        assertThat(get(LETTERS, token).problem()).isEqualTo("403 forbidden");
        assertThat(get(LETTERS.replace("monthly-report", "yearly-report"), admin)
                        .problem())
                .isEqualTo("404 not-found");
    }
}
