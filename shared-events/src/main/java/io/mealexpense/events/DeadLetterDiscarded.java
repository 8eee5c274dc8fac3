package io.mealexpense.events;

import java.util.UUID;
import org.axonframework.serialization.Revision;

/**
 * An operator left what a projection could not take of one subject out of its read model, until that is rebuilt. The
 * log keeps it.
 *
 * @param deadLetterId stands for this projection and this subject
 * @param projection which projection, by a name of {@link ProjectionNames}
 * @param subjectId the expense, category, account or other aggregate that the parked events are about
 * @param reason why, in the words of whoever did it
 */
@Revision("1")
public record DeadLetterDiscarded(
        UUID deadLetterId,
        String projection,
        UUID subjectId,
        @Personal String reason) implements DeadLetterEvent {}
