package io.mealexpense.query.versions;

import static io.mealexpense.edge.security.Role.ADMIN;
import static io.mealexpense.edge.security.Role.AUDITOR;
import static io.mealexpense.edge.security.Role.MEMBER;
import static io.mealexpense.events.ExpenseEvents.amendedTo;
import static io.mealexpense.events.ExpenseEvents.lunchRecorded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mealexpense.events.CategoryAmended;
import io.mealexpense.events.CategoryArchived;
import io.mealexpense.events.CategoryCreated;
import io.mealexpense.events.MealExpenseDeleted;
import io.mealexpense.events.MealExpenseRestored;
import io.mealexpense.postgres.Role;
import io.mealexpense.query.web.QueryServiceTest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers about the past, over HTTP. */
class AsOfTest extends QueryServiceTest {

    private static final LocalDate DAY = LocalDate.of(2026, 3, 15);
    private static final String[] PATHS = {
        "/api/v1/expenses",
        "/api/v1/expenses/export",
        "/api/v1/reports/monthly",
        "/api/v1/reports/categories",
        "/api/v1/reports/spending?groupBy=month",
        "/api/v1/categories"
    };

    private final UUID owner = UUID.randomUUID();
    private final UUID category = UUID.randomUUID();
    private final UUID lunch = UUID.randomUUID();
    private final UUID dinner = UUID.randomUUID();
    private final String token = tokenOf(owner, MEMBER);
    private final String auditor = tokenOf(UUID.randomUUID(), AUDITOR);
    private Instant recorded;
    private Instant amended;
    private Instant deleted;
    private Instant restored;

    @BeforeEach
    void a_lunch_with_a_history() throws SQLException {
        LOG.append(new CategoryCreated(category, owner, "Lunches", "#C2410C", "soup"));
        recorded = recordedAt(LOG.append(lunchRecorded(lunch, owner, "12.50", DAY, category)));
        LOG.append(new CategoryAmended(category, owner, "Meals at noon", "#0E7490", "glass"));
        amended = recordedAt(LOG.append(amendedTo(lunch, owner, "13.20", DAY.plusMonths(1), category)));
        LOG.append(lunchRecorded(dinner, owner, "40.00", DAY, null));
        deleted = recordedAt(LOG.append(new MealExpenseDeleted(lunch, owner, "twice")));
        LOG.append(new CategoryArchived(category, owner));
        restored = recordedAt(LOG.append(new MealExpenseRestored(lunch, owner, null)));
        awaitHistory(path("/api/v1/expenses", restored));
    }

    /** Waits until versions have been made of what the log holds. */
    private void awaitHistory(String path) {
        await().until(() -> get(path, token).status() == 200);
    }

    private static Instant recordedAt(long position) throws SQLException {
        try (var connection = DATABASE.connect(Role.QUERY);
                var query = connection.prepareStatement(
                        "SELECT recorded_at FROM event_store.domain_event WHERE position = ?")) {
            query.setLong(1, position);
            try (var row = query.executeQuery()) {
                row.next();
                return row.getObject(1, OffsetDateTime.class).toInstant();
            }
        }
    }

    private static String path(String path, Instant asOf) {
        return path + (path.contains("?") ? '&' : '?') + "asOf=" + asOf;
    }

    private String answer(String path, Instant asOf) {
        return get(path(path, asOf), token).body();
    }

    @Test
    void a_list_is_what_it_was() {
        assertThat(answer("/api/v1/expenses", recorded.minus(1, ChronoUnit.MICROS)))
                .contains("\"items\":[],\"totals\":[]");
        assertThat(answer("/api/v1/expenses", recorded))
                .contains("\"amount\":\"12.50\"", "\"count\":1", "\"version\":0")
                .doesNotContain("13.20", "40.00");
        assertThat(answer("/api/v1/expenses", deleted)).contains("40.00").doesNotContain("12.50", "13.20");
        assertThat(answer("/api/v1/expenses?state=deleted", deleted)).contains("13.20", "deletedAt");
        assertThat(answer("/api/v1/expenses?state=deleted", restored)).contains("\"items\":[]");
        assertThat(answer("/api/v1/expenses", restored)).contains("13.20", "40.00", "53.20");
    }

    @Test
    void a_single_expense_is_absent_there_gone_and_back() {
        var path = "/api/v1/expenses/" + lunch;
        assertThat(get(path(path, recorded.minus(1, ChronoUnit.MICROS)), token).problem())
                .isEqualTo("404 not-found");
        var first = get(path(path, recorded), token);
        assertThat(first.header("ETag")).isEqualTo("\"0\"");
        assertThat(first.json().get("amount").asString()).isEqualTo("12.50");
        assertThat(first.json().get("asOf").get("recordedAt").asString()).isEqualTo(recorded.toString());
        var gone = get(path(path, deleted), token);
        assertThat(gone.problem()).isEqualTo("410 gone");
        assertThat(gone.header("ETag")).isEqualTo("\"2\"");
        assertThat(get(path(path, restored), token).header("ETag")).isEqualTo("\"3\"");
        assertThat(get(path(path, recorded), tokenOf(UUID.randomUUID(), MEMBER)).problem())
                .isEqualTo("404 not-found");
        assertThat(get(path(path, recorded), auditor).status()).isEqualTo(200);
    }

    @Test
    void reports_are_what_they_were() {
        var monthly = "/api/v1/reports/monthly?from=2026-01&to=2026-12";
        assertThat(answer(monthly, recorded)).contains("2026-03", "12.50").doesNotContain("2026-04");
        assertThat(answer(monthly, amended)).contains("2026-04", "13.20").doesNotContain("2026-03");
        assertThat(answer(monthly, deleted)).contains("2026-03", "40.00").doesNotContain("2026-04");
        assertThat(answer("/api/v1/reports/spending?groupBy=month,category", amended))
                .contains("\"month\":\"2026-04\"", category.toString(), "13.20");
    }

    @Test
    void categories_have_the_names_they_had() {
        assertThat(answer("/api/v1/categories", recorded)).contains("Lunches").doesNotContain("noon");
        assertThat(answer("/api/v1/categories", amended))
                .contains("Meals at noon")
                .doesNotContain("Lunches");
        assertThat(answer("/api/v1/categories", restored)).contains("\"items\":[]");
        assertThat(answer("/api/v1/categories?state=archived", restored)).contains("Meals at noon");
        assertThat(answer("/api/v1/reports/categories", recorded)).contains("Lunches", "12.50");
        assertThat(answer("/api/v1/expenses/export", recorded)).contains("12.50", "Lunches");
        assertThat(answer("/api/v1/expenses/export", amended)).contains("13.20", "Meals at noon");
    }

    @Test
    void an_answer_says_which_moment_it_is_about_and_a_live_one_says_nothing() {
        for (var path : PATHS) {
            var past = get(path(path, amended), token);
            var live = get(path, token);
            if (path.endsWith("export")) {
                assertThat(past.header("Meals-As-Of-Position")).matches("[1-9][0-9]*");
                assertThat(live.header("Meals-As-Of-Position")).isEmpty();
            } else {
                assertThat(past.json().get("asOf").get("instant").asString()).isEqualTo(amended.toString());
                assertThat(past.json().get("asOf").get("recordedAt").asString()).isEqualTo(amended.toString());
                assertThat(live.body()).doesNotContain("asOf");
            }
        }
        var nothing = get(path("/api/v1/expenses", Instant.EPOCH), token).json().get("asOf");
        assertThat(nothing.toString()).isEqualTo("{\"instant\":\"1970-01-01T00:00:00Z\",\"position\":0}");
    }

    @Test
    void a_moment_may_be_written_with_an_offset() {
        var there = OffsetDateTime.ofInstant(recorded, ZoneOffset.ofHours(5)).toString();
        var past = get("/api/v1/expenses?asOf=" + URLEncoder.encode(there, StandardCharsets.UTF_8), token);
        assertThat(past.json().get("asOf").get("instant").asString()).isEqualTo(recorded.toString());
        assertThat(past.body()).contains("12.50");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yesterday",
                "2026-03-15",
                "2026-03-15T12:30:00",
                "2026-03-15T12:30Z",
                "2026-02-30T12:30:00Z",
                "2026-03-15T12:30:00.1234567Z",
                "2026-03-15T12:30:00%2B25:00",
                "0000-03-15T12:30:00Z",
                "2026-03-15T12:30:00Z&asOf=2026-03-15T12:30:00Z",
                ""
            })
    void what_is_no_moment_is_refused(String asOf) {
        for (var path : PATHS) {
            assertThat(get(path + (path.contains("?") ? '&' : '?') + "asOf=" + asOf, token)
                            .problem())
                    .as(path)
                    .isEqualTo("400 validation asOf");
        }
    }

    @Test
    void the_future_is_refused() {
        for (var path : PATHS) {
            assertThat(get(path(path, Instant.now().plusSeconds(3_600).truncatedTo(ChronoUnit.MICROS)), token)
                            .problem())
                    .as(path)
                    .isEqualTo("422 refused asOf");
        }
    }

    @Test
    void elsewhere_it_is_no_parameter() {
        for (var path : new String[] {
            "/api/v1/tags",
            "/api/v1/places",
            "/api/v1/imports",
            "/api/v1/expenses/" + lunch + "/history",
            "/api/v1/expenses/steps?month=2026-03",
            "/api/v1/expenses/changes?since=" + recorded
        }) {
            assertThat(get(path(path, recorded), token).problem()).as(path).isEqualTo("400 validation asOf");
        }
    }

    @Test
    void each_sees_what_they_may_see_now() {
        for (var path : PATHS) {
            assertThat(get(path(path, recorded), "").status()).as(path).isEqualTo(401);
            assertThat(get(path(path, recorded), tokenOf(owner, ADMIN)).status())
                    .as(path)
                    .isEqualTo(403);
            assertThat(get(path(path, recorded) + "&ownerId=" + UUID.randomUUID(), token)
                            .problem())
                    .as(path)
                    .isEqualTo("403 forbidden");
            assertThat(get(path(path, recorded) + "&ownerId=" + owner, auditor).body())
                    .as(path)
                    .isEqualTo(get(path(path, recorded), token).body());
        }
        assertThat(get(path("/api/v1/expenses", recorded), tokenOf(UUID.randomUUID(), MEMBER))
                        .body())
                .contains("\"items\":[]");
        assertThat(get(path("/api/v1/expenses?categoryId=" + category, recorded), auditor)
                        .body())
                .contains(lunch.toString());
    }

    @Test
    void a_page_continues_only_the_page_of_the_same_moment() {
        var first = get(path("/api/v1/expenses?limit=1", restored), token);
        var cursor = "&cursor=" + first.json().get("nextCursor").asString();
        assertThat(get(path("/api/v1/expenses?limit=1", restored) + cursor, token)
                        .status())
                .isEqualTo(200);
        assertThat(get(path("/api/v1/expenses?limit=1", amended) + cursor, token)
                        .problem())
                .isEqualTo("400 validation cursor");
        assertThat(get("/api/v1/expenses?limit=1" + cursor, token).problem()).isEqualTo("400 validation cursor");
    }

    @Test
    void what_was_recorded_by_then_and_is_not_projected_yet_is_waited_for() throws SQLException {
        try (var connection = DATABASE.connect(Role.QUERY);
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SELECT FROM read_model.projection_token WHERE projection = '%s' FOR UPDATE"
                    .formatted(ExpenseVersionsProjection.GROUP));
            var late = recordedAt(LOG.append(lunchRecorded(UUID.randomUUID(), owner, "77.00", DAY, null)));
            assertThat(get(path("/api/v1/expenses", late), token).problem()).isEqualTo("503 projection-behind");
            assertThat(get(path("/api/v1/expenses", restored), token).status()).isEqualTo(200);
            connection.rollback();
            awaitHistory(path("/api/v1/expenses", late));
            assertThat(answer("/api/v1/expenses", late)).contains("77.00");
        }
    }

    @Test
    void an_append_that_hangs_is_told_as_busy() throws SQLException {
        try (var append = LOG.begin(lunchRecorded(UUID.randomUUID(), owner, "1.00", DAY, null))) {
            assertThat(append).isNotNull();
            var busy = get(path("/api/v1/expenses", clock()), token);
            assertThat(busy.problem()).isEqualTo("503 busy");
            assertThat(busy.header("Retry-After")).matches("[1-9][0-9]*");
            assertThat(get(path("/api/v1/expenses", recorded), token).status())
                    .as("what is long past waits for nobody")
                    .isEqualTo(200);
        }
    }

    private static Instant clock() throws SQLException {
        try (var connection = DATABASE.connect(Role.QUERY);
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT clock_timestamp()")) {
            row.next();
            return row.getObject(1, OffsetDateTime.class).toInstant();
        }
    }
}
