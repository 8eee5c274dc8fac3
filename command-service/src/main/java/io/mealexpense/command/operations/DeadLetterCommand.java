package io.mealexpense.command.operations;

import java.util.UUID;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** What can be asked of the dead letters that one projection has of one subject. */
public sealed interface DeadLetterCommand {

    ProjectionName projection();

    UUID subjectId();

    String reason();

    @TargetAggregateIdentifier
    default DeadLetterId id() {
        return DeadLetterId.of(projection(), subjectId());
    }

    record RetryDeadLetter(ProjectionName projection, UUID subjectId, String reason) implements DeadLetterCommand {}

    record DiscardDeadLetter(ProjectionName projection, UUID subjectId, String reason) implements DeadLetterCommand {}
}
