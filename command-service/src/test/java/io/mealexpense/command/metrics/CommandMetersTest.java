package io.mealexpense.command.metrics;

import static io.mealexpense.command.metrics.CommandMeters.Outcome.ACCEPTED;
import static io.mealexpense.command.metrics.CommandMeters.Outcome.REPEATED;
import static org.assertj.core.api.Assertions.assertThat;

import io.mealexpense.edge.problem.ProblemException;
import io.mealexpense.edge.problem.ProblemType;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.UUID;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CommandMetersTest {

    private record PayForLunch(String somebody) {}

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final CommandMeters meters = new CommandMeters(registry);

    private long commands(String outcome, String reason) {
        return registry.get(CommandMeters.COMMANDS)
                .tags("command", "pay-for-lunch", "outcome", outcome, "reason", reason)
                .timer()
                .count();
    }

    @Test
    void commands_are_counted_by_kind_and_by_what_became_of_them() {
        meters.sent(new PayForLunch("Alice"), ACCEPTED, 1);
        meters.sent(new PayForLunch("Bob"), ACCEPTED, 1);
        meters.sent(new PayForLunch("Bob"), REPEATED, 1);

        assertThat(commands("accepted", "none")).isEqualTo(2);
        assertThat(commands("repeated", "none")).isEqualTo(1);
    }

    @Test
    void refusals_are_counted_by_reason_and_never_by_message() {
        var expense = UUID.randomUUID();
        meters.refused(new PayForLunch("Alice"), new ProblemException(ProblemType.IDEMPOTENCY_CONFLICT, "Yours"), 1);
        meters.refused(
                new PayForLunch("Alice"), new AggregateNotFoundException(expense.toString(), "No " + expense), 1);
        meters.refused(new PayForLunch("Alice"), new ArrayIndexOutOfBoundsException("7"), 1);

        assertThat(commands("refused", "idempotency-conflict")).isEqualTo(1);
        assertThat(commands("refused", "aggregate-not-found")).isEqualTo(1);
        assertThat(commands("refused", "unexpected")).isEqualTo(1);
        assertThat(registry.getMeters().toString()).doesNotContain(expense.toString(), "Alice");
    }

    @Test
    void what_may_happen_is_counted_from_zero_and_nothing_else_is() {
        meters.happened("MealExpenseRecorded");
        meters.happened("SomethingThatIsNoEvent");

        assertThat(registry.get(CommandMeters.EVENTS)
                        .tag("event", "MealExpenseRecorded")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get(CommandMeters.EVENTS)
                        .tag("event", "MealExpenseDeleted")
                        .counter()
                        .count())
                .isZero();
        assertThat(registry.find(CommandMeters.EVENTS)
                        .tag("event", "SomethingThatIsNoEvent")
                        .counter())
                .isNull();
    }
}
