package io.mealexpense.query.web;

import static io.mealexpense.edge.security.Role.ADMIN;
import static io.mealexpense.edge.security.Role.AUDITOR;
import static io.mealexpense.edge.security.Role.MEMBER;
import static io.mealexpense.events.ExpenseEvents.lunchRecorded;
import static org.assertj.core.api.Assertions.assertThat;

import io.mealexpense.edge.metrics.RequestTimer;
import io.mealexpense.edge.security.Role;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.LocalDate;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

class RolesTest extends QueryServiceTest {

    @Autowired
    private MeterRegistry meters;

    private final UUID alice = UUID.randomUUID();
    private final UUID bob = UUID.randomUUID();
    private final UUID alicesLunch = UUID.randomUUID();
    private long position;

    @BeforeEach
    void alice_and_bob_have_lunch() {
        position = LOG.append(
                lunchRecorded(alicesLunch, alice, "12.50", LocalDate.of(2026, 3, 15), null),
                lunchRecorded(UUID.randomUUID(), bob, "7.00", LocalDate.of(2026, 3, 15), null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/expenses",
                "/api/v1/expenses/0199a000-0000-7000-8000-000000000001",
                "/api/v1/expenses/0199a000-0000-7000-8000-000000000001/history",
                "/api/v1/expenses/export?format=csv",
                "/api/v1/expenses/changes?since=2026-03-15T12:30:00Z",
                "/api/v1/expenses/steps?month=2026-03",
                "/api/v1/reports/monthly",
                "/api/v1/reports/categories",
                "/api/v1/reports/spending?groupBy=month",
                "/api/v1/categories",
                "/api/v1/imports",
                "/api/v1/tags",
                "/api/v1/places",
                "/api/v1/audit/events",
                "/api/v1/audit/events/export",
                "/api/v1/audit/accesses",
                "/api/v1/audit/checkpoints",
                "/api/v1/sealed-log/pack",
                "/api/v1/projections",
                "/api/v1/nothing"
            })
    void nobody_in_particular_is_asked_to_sign_in(String path) {
        assertThat(get(path, "").problem()).isEqualTo("401 unauthenticated");
        assertThat(get(path, "not.a.token").problem()).isEqualTo("401 unauthenticated");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/expenses, 200, 200, 403",
        "/api/v1/expenses/export, 200, 200, 403",
        "/api/v1/expenses/changes?since=2026-03-15T12:30:00Z, 200, 200, 403",
        "/api/v1/expenses/changes, 400, 400, 403",
        "/api/v1/expenses/steps?month=2026-03, 200, 200, 403",
        "/api/v1/expenses/steps, 400, 400, 403",
        "/api/v1/expenses/0199a000-0000-7000-8000-0000000000ff, 404, 404, 403",
        "/api/v1/expenses/0199a000-0000-7000-8000-0000000000ff/history, 404, 404, 403",
        "/api/v1/expenses?limit=many, 400, 400, 403",
        "/api/v1/reports/monthly, 200, 200, 403",
        "/api/v1/reports/categories, 200, 200, 403",
        "/api/v1/reports/spending?groupBy=month, 200, 200, 403",
        "/api/v1/categories, 200, 200, 403",
        "/api/v1/imports, 200, 200, 403",
        "/api/v1/tags, 200, 200, 403",
        "/api/v1/places, 200, 200, 403",
        "/api/v1/audit/events, 403, 200, 403",
        "/api/v1/audit/events/export, 403, 200, 403",
        "/api/v1/audit/accesses, 403, 200, 200",
        "/api/v1/audit/checkpoints, 403, 200, 403",
        "/api/v1/sealed-log/pack?expenseId=0199a000-0000-7000-8000-0000000000ff, 403, 404, 403",
        "/api/v1/projections, 403, 403, 200"
    })
    void each_role_reads_what_is_its_own_to_read(String path, int member, int auditor, int admin) {
        assertThat(get(path, tokenOf(alice, MEMBER)).status()).isEqualTo(member);
        assertThat(get(path, tokenOf(alice, AUDITOR)).status()).isEqualTo(auditor);
        assertThat(get(path, tokenOf(alice, ADMIN)).status()).isEqualTo(admin);
    }

    @Test
    void no_role_at_all_reads_nothing() {
        assertThat(get("/api/v1/expenses", tokenOf(alice)).problem()).isEqualTo("403 forbidden");
    }

    private int seenBy(String query, UUID account, Role... roles) {
        return seen("/api/v1/expenses" + query, tokenOf(account, roles), position)
                .json()
                .get("items")
                .size();
    }

    @Test
    void a_member_sees_their_own_only() {
        assertThat(seenBy("", alice, MEMBER)).isEqualTo(1);
        assertThat(seenBy("?ownerId=" + alice, alice, MEMBER)).isEqualTo(1);
        assertThat(get("/api/v1/expenses?ownerId=" + bob, tokenOf(alice, MEMBER))
                        .problem())
                .isEqualTo("403 forbidden");
        assertThat(get("/api/v1/reports/monthly?ownerId=" + bob, tokenOf(alice, MEMBER))
                        .problem())
                .isEqualTo("403 forbidden");
    }

    @Test
    void an_auditor_sees_everybodys_or_one_owners() {
        assertThat(seenBy("", UUID.randomUUID(), AUDITOR)).isGreaterThan(1);
        assertThat(seenBy("?ownerId=" + bob, UUID.randomUUID(), AUDITOR)).isEqualTo(1);
        assertThat(seenBy("?ownerId=" + bob, alice, MEMBER, AUDITOR)).isEqualTo(1);
    }

    @Test
    void an_administrator_who_is_a_member_too_sees_their_own() {
        assertThat(seenBy("", alice, MEMBER, ADMIN)).isEqualTo(1);
    }

    @Test
    void a_foreign_expense_is_answered_exactly_like_an_absent_one() {
        for (var suffix : new String[] {"", "/history"}) {
            var foreign = seen("/api/v1/expenses/" + alicesLunch + suffix, tokenOf(bob, MEMBER), position);
            var absent = seen("/api/v1/expenses/" + UUID.randomUUID() + suffix, tokenOf(bob, MEMBER), position);
            assertThat(foreign.problem()).isEqualTo("404 not-found").isEqualTo(absent.problem());
            assertThat(foreign.json().get("detail")).isEqualTo(absent.json().get("detail"));
            assertThat(seen("/api/v1/expenses/" + alicesLunch + suffix, tokenOf(bob, AUDITOR), position)
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void requests_are_timed_by_route_and_never_by_path() {
        var id = UUID.randomUUID();
        get("/api/v1/expenses/" + id, tokenOf(UUID.randomUUID(), MEMBER));
        var timer = meters.get(RequestTimer.NAME)
                .tags("method", "GET", "uri", "/api/v1/expenses/{id}", "status", "404", "outcome", "CLIENT_ERROR")
                .timer();
        assertThat(timer.count()).isPositive();
        assertThat(timer.mean(TimeUnit.MILLISECONDS)).isPositive();
        assertThat(meters.find(RequestTimer.NAME).timers())
                .noneMatch(it -> String.valueOf(it.getId().getTag("uri")).contains(id.toString()));
    }

    @Test
    void tabs_in_header_values_are_white_space() {
        var answer = get("/api/v1/categories", tokenOf(alice, MEMBER), "Accept", "application/json,\ttext/plain");
        assertThat(answer.status()).isEqualTo(200);
    }
}
