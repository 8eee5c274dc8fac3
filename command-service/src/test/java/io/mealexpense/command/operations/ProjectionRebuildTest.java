package io.mealexpense.command.operations;

import static io.mealexpense.events.ExpenseEvents.REBUILD;

import io.mealexpense.command.operations.ProjectionRebuildCommand.CancelRebuild;
import io.mealexpense.command.operations.ProjectionRebuildCommand.RequestRebuild;
import io.mealexpense.command.operations.ProjectionRebuildCommand.SwapRebuild;
import io.mealexpense.events.ProjectionRebuildCancelled;
import io.mealexpense.events.ProjectionRebuildRequested;
import io.mealexpense.events.ProjectionRebuildSwapped;
import java.util.List;
import java.util.Set;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ProjectionRebuildTest {

    private static final RebuildId ID = new RebuildId(REBUILD);
    private static final ProjectionRebuildRequested REQUESTED = new ProjectionRebuildRequested(
            REBUILD, List.of("category-spend", "monthly-report"), "A total looked wrong");
    private static final ProjectionRebuildSwapped SWAPPED =
            new ProjectionRebuildSwapped(REBUILD, "The old one is wrong", 7L);
    private static final ProjectionRebuildCancelled CANCELLED = new ProjectionRebuildCancelled(REBUILD, "Not today");

    private final AggregateTestFixture<ProjectionRebuild> rebuild = new AggregateTestFixture<>(ProjectionRebuild.class);

    private static SwapRebuild swap() {
        return new SwapRebuild(ID, "The old one is wrong", 7);
    }

    private static CancelRebuild cancel() {
        return new CancelRebuild(ID, "Not today");
    }

    @Test
    void it_is_requested_for_projections_in_alphabetical_order() {
        rebuild.givenNoPriorActivity()
                .when(new RequestRebuild(
                        ID,
                        Set.of(new ProjectionName("monthly-report"), new ProjectionName("category-spend")),
                        "A total looked wrong"))
                .expectEvents(REQUESTED);
    }

    @Test
    void an_operator_swaps_it_in_although_it_differs() {
        rebuild.given(REQUESTED).when(swap()).expectEvents(SWAPPED);
    }

    @Test
    void an_operator_gives_it_up() {
        rebuild.given(REQUESTED).when(cancel()).expectEvents(CANCELLED);
    }

    @Test
    void a_cancelled_one_is_decided() {
        rebuild.given(REQUESTED, CANCELLED)
                .when(swap())
                .expectException(RebuildRefused.Cancelled.class)
                .expectExceptionMessage("The rebuild was cancelled before.")
                .expectNoEvents();
        rebuild.given(REQUESTED, CANCELLED)
                .when(cancel())
                .expectException(RebuildRefused.Cancelled.class)
                .expectNoEvents();
    }

    @Test
    void a_comparison_is_decided_on_once() {
        rebuild.given(REQUESTED, SWAPPED)
                .when(swap())
                .expectException(RebuildRefused.Swapped.class)
                .expectExceptionMessage("A swap on this comparison was decided before.")
                .expectNoEvents();
    }

    @Test
    void a_swap_that_named_another_comparison_is_not_in_the_way_of_the_right_one() {
        var early = new ProjectionRebuildSwapped(REBUILD, "Quick", 0L);
        var old = new ProjectionRebuildSwapped(REBUILD, "As it was decided once", null);
        rebuild.given(REQUESTED, early, old).when(swap()).expectEvents(SWAPPED);
    }

    /** The swap may have come to nothing; then it would wait for ever. */
    @Test
    void a_swapped_one_can_still_be_given_up_once() {
        rebuild.given(REQUESTED, SWAPPED).when(cancel()).expectEvents(CANCELLED);
        rebuild.given(REQUESTED, SWAPPED, CANCELLED)
                .when(cancel())
                .expectException(RebuildRefused.Cancelled.class)
                .expectNoEvents();
    }
}
