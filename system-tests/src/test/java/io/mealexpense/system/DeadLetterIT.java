package io.mealexpense.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.mealexpense.system.Api.Answer;
import io.mealexpense.system.Api.Member;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** An event that a report cannot take, from the command that made it to the operator who sees to it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DeadLetterIT {

    private static final String PROJECTION = MonthlyReportLine.PROJECTION;
    private static final String MONTHLY = "/reports/monthly?from=2026-03&to=2026-03";
    private static final List<String> ELSEWHERE = List.of(
            "/expenses", "/reports/categories?from=2026-03-01&to=2026-03-31", "/categories", "/tags", "/places");

    private final Distributed product = Distributed.running();
    private final Member owner = product.api().register();
    private final Member other = product.api().register();
    private final Api auditor = Staff.auditor(product.base()).api();
    private final Operator operator = new Operator(Staff.administrator(product.base()), product.base(), product.base());

    private UUID expense;
    private Answer amended;

    /** The row of the expense is not what it should be, so that its next event does not follow. */
    @BeforeEach
    void an_amendment_is_put_aside() throws SQLException {
        var recorded =
                owner.api().post("/expenses", Expenses.lunch("12.50")).send().expect(201);
        expense = UUID.fromString(recorded.json().path("id").asString());
        assertThat(report(owner, recorded).toString()).contains("12.50").doesNotContain("incomplete");
        setSequence(-1);
        amended = owner.api()
                .put("/expenses/" + expense, Expenses.lunch("13.20"))
                .ifMatch(recorded.etag())
                .send()
                .expect(204);
    }

    private static JsonNode report(Member member, Answer... after) {
        return member.api().read(MONTHLY, after).json();
    }

    private void setSequence(long sequence) throws SQLException {
        new MonthlyReportLine(product.log(), expense).setSequence(sequence);
    }

    private JsonNode onlyLetter(Answer... after) {
        var letters = operator.deadLetters(PROJECTION, after);
        assertThat(letters).hasSize(1);
        return letters.path(0);
    }

    /** What came of what operators did about it, newest first. */
    private List<String> acts(Answer last) {
        return operator.deadLetterActs(PROJECTION, last)
                .valueStream()
                .filter(act -> act.path("subjectId").asString().equals(expense.toString()))
                .map(act ->
                        act.path("act").asString() + " " + act.path("outcome").asString())
                .toList();
    }

    private List<String> audited(Answer last) {
        return auditor.read("/audit/events?actorId=" + operator.id() + "&limit=200", last)
                .json()
                .path("items")
                .valueStream()
                .filter(item ->
                        item.path("payload").path("subjectId").asString("").equals(expense.toString()))
                .map(item -> item.path("event").asString() + ": "
                        + item.path("reason").asString())
                .toList();
    }

    @Test
    void it_is_told_to_its_owner_and_operators_and_retried_until_it_is_taken() throws SQLException {
        assertThat(report(owner, amended).toString()).contains("12.50", "\"incomplete\":true");
        assertThat(report(other, amended).has("incomplete"))
                .as("somebody else's report")
                .isFalse();
        assertThat(auditor.read(MONTHLY, amended).json().path("incomplete").asBoolean())
                .as("everybody's report")
                .isTrue();
        assertThat(auditor.read(MONTHLY + "&ownerId=" + other.id(), amended)
                        .json()
                        .has("incomplete"))
                .isFalse();
        for (var path : ELSEWHERE) {
            assertThat(owner.api().read(path, amended).json().has("incomplete"))
                    .as(path)
                    .isFalse();
        }
        assertThat(owner.api()
                        .read("/expenses/" + expense, amended)
                        .json()
                        .path("amount")
                        .asString())
                .isEqualTo("13.20");

        var letter = onlyLetter(amended);
        assertThat(letter.path("subjectId").asString()).isEqualTo(expense.toString());
        assertThat(letter.path("event").asString()).isEqualTo("MealExpenseAmended");
        assertThat(letter.path("error").asString()).contains("event 1 follows event -1");
        assertThat(letter.path("retries").asInt()).isZero();
        assertThat(letter.toString()).doesNotContain("13.20", "Deli");
        assertThat(operator.projection(PROJECTION).path("state").asString()).isEqualTo("running");
        assertThat(operator.projection(PROJECTION).path("deadLetters").asInt()).isOne();
        owner.api().get("/projections/" + PROJECTION + "/dead-letters").send().expect(403);

        var again = owner.api()
                .put("/expenses/" + expense, Expenses.lunch("14.00"))
                .ifMatch(amended.etag())
                .send()
                .expect(204);
        assertThat(operator.deadLetters(PROJECTION, again))
                .as("the next one waits behind it")
                .hasSize(2);

        var inVain = operator.retry(PROJECTION, expense, "Perhaps it works by now");
        assertThat(operator.deadLetters(PROJECTION, inVain)).hasSize(2);
        assertThat(operator.deadLetters(PROJECTION).path(0).path("retries").asInt())
                .isOne();
        assertThat(report(owner, inVain).toString()).contains("12.50", "\"incomplete\":true");

        setSequence(0);
        var retried = operator.retry(PROJECTION, expense, "The row is mended");
        assertThat(operator.deadLetters(PROJECTION, retried)).isEmpty();
        assertThat(report(owner, retried).toString()).contains("14.00").doesNotContain("incomplete");
        assertThat(operator.projection(PROJECTION).path("deadLetters").asInt()).isZero();
        assertThat(acts(retried)).startsWith("retry taken", "retry failed-again");
        assertThat(audited(retried))
                .containsExactly("DeadLetterRetried: The row is mended", "DeadLetterRetried: Perhaps it works by now");
        var aboutNothing = operator.retry(PROJECTION, expense, "Just in case");
        assertThat(acts(aboutNothing)).first().isEqualTo("retry nothing");
        product.fold().requireEqual();
    }

    @Test
    void it_stays_out_quietly_when_it_is_discarded_until_the_report_is_rebuilt() {
        var discarded = operator.discard(PROJECTION, expense, "Known, and to be rebuilt");
        assertThat(onlyLetter(discarded).has("discardedAt")).isTrue();
        assertThat(operator.projection(PROJECTION).path("deadLetters").asInt()).isZero();
        assertThat(operator.projection(PROJECTION).path("discardedLetters").asInt())
                .isOne();
        assertThat(report(owner, discarded).toString()).contains("12.50", "\"incomplete\":true");
        assertThat(report(other, discarded).has("incomplete")).isFalse();
        var deleted = owner.api()
                .delete("/expenses/" + expense)
                .ifMatch(amended.etag())
                .send()
                .expect(204);
        assertThat(operator.deadLetters(PROJECTION, deleted).valueStream().map(it -> it.has("discardedAt")))
                .as("what comes later is as quiet")
                .containsExactly(true, true);
        assertThat(product.fold().exitCode()).isEqualTo(1);

        var rebuild = Operator.idOf(operator.rebuild(PROJECTION, "To have it in again"));
        assertThat(operator.awaitState(rebuild, "differs")
                        .path("comparisons")
                        .path(0)
                        .path("tables")
                        .toString())
                .contains("monthly_report_line", expense.toString());
        var swapped = operator.swap(rebuild, "That was the purpose");
        operator.awaitState(rebuild, "swapped");
        assertThat(report(owner, swapped).path("months")).isEmpty();
        assertThat(report(owner, swapped).has("incomplete")).isFalse();
        assertThat(operator.deadLetters(PROJECTION)).isEmpty();
        assertThat(audited(swapped)).containsExactly("DeadLetterDiscarded: Known, and to be rebuilt");
        product.fold().requireEqual();
    }

    @Test
    void operators_alone_see_to_it() {
        for (var somebody : List.of(owner.api(), auditor)) {
            for (var act : List.of("retry", "discard")) {
                somebody.post(
                                "/projections/%s/dead-letters/%s/%s".formatted(PROJECTION, expense, act),
                                Map.of("reason", "It is mine"))
                        .send()
                        .expect(403);
            }
        }
        assertThat(onlyLetter(amended).path("subjectId").asString()).isEqualTo(expense.toString());
        // a rebuild begins with nothing put aside; what it found differed as long as the letter was there
        var rebuild = Operator.idOf(operator.rebuild(PROJECTION, "To have it in again"));
        operator.awaitState(rebuild, "differs");
        operator.swap(rebuild, "That was the purpose");
        operator.awaitState(rebuild, "swapped");
        assertThat(report(owner).toString()).contains("13.20").doesNotContain("incomplete");
    }
}
