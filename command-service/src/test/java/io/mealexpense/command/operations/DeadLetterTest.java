package io.mealexpense.command.operations;

import static io.mealexpense.events.ExpenseEvents.ALICE;
import static io.mealexpense.events.ExpenseEvents.EXPENSE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mealexpense.command.operations.DeadLetterCommand.DiscardDeadLetter;
import io.mealexpense.command.operations.DeadLetterCommand.RetryDeadLetter;
import io.mealexpense.events.DeadLetterDiscarded;
import io.mealexpense.events.DeadLetterRetried;
import java.util.UUID;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class DeadLetterTest {

    private static final ProjectionName LIST = new ProjectionName("expense-list");
    private static final DeadLetterId LETTER = DeadLetterId.of(LIST, EXPENSE);
    private static final DeadLetterRetried RETRIED =
            new DeadLetterRetried(LETTER.value(), "expense-list", EXPENSE, "Fixed by now");
    private static final DeadLetterDiscarded DISCARDED =
            new DeadLetterDiscarded(LETTER.value(), "expense-list", EXPENSE, "Harmless");

    private final AggregateTestFixture<DeadLetter> letter = new AggregateTestFixture<>(DeadLetter.class);

    private static RetryDeadLetter retry() {
        return new RetryDeadLetter(LIST, EXPENSE, "Fixed by now");
    }

    private static DiscardDeadLetter discard() {
        return new DiscardDeadLetter(LIST, EXPENSE, "Harmless");
    }

    @Test
    void the_first_act_begins_it_whichever_it_is() {
        letter.givenNoPriorActivity().when(retry()).expectEvents(RETRIED);
        letter.givenNoPriorActivity().when(discard()).expectEvents(DISCARDED);
    }

    @Test
    void it_is_retried_as_often_as_an_operator_likes_after_a_discard_too() {
        letter.given(RETRIED, DISCARDED).when(retry()).expectEvents(RETRIED);
        letter.given(RETRIED).when(discard()).expectEvents(DISCARDED);
    }

    @Test
    void its_name_never_changes_and_tells_projections_and_subjects_apart() {
        assertThat(LETTER).hasToString("38403631-b826-35b9-9195-a27b18ba4401");
        assertThat(DeadLetterId.of(new ProjectionName("audit-trail"), EXPENSE)).isNotEqualTo(LETTER);
        assertThat(DeadLetterId.of(LIST, ALICE)).isNotEqualTo(LETTER);
    }

    @Test
    void there_is_no_letter_of_a_projection_that_there_is_not() {
        assertThat(ProjectionName.of("lunch-list")).isEmpty();
        assertThatThrownBy(() -> new RetryDeadLetter(new ProjectionName("lunch-list"), UUID.randomUUID(), "Fixed"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
