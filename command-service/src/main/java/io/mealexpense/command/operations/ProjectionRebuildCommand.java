package io.mealexpense.command.operations;

import java.util.Set;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** What can be asked of a rebuild. */
public sealed interface ProjectionRebuildCommand {

    RebuildId id();

    String reason();

    record RequestRebuild(@TargetAggregateIdentifier RebuildId id, Set<ProjectionName> projections, String reason)
            implements ProjectionRebuildCommand {

        public RequestRebuild {
            projections = Set.copyOf(projections);
        }
    }

    /** @param comparedAt the position of the comparison that was looked at */
    record SwapRebuild(@TargetAggregateIdentifier RebuildId id, String reason, long comparedAt)
            implements ProjectionRebuildCommand {}

    record CancelRebuild(@TargetAggregateIdentifier RebuildId id, String reason) implements ProjectionRebuildCommand {}
}
