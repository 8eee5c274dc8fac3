package io.mealexpense.events;

import java.util.UUID;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * An import was taken back as a whole; the deletions of its expenses are events of their own and were appended before.
 *
 * @param importId which import
 * @param ownerId whose expenses
 * @param deleted expenses that were deleted by this
 * @param kept expenses that were left alone, because their owner had changed them since
 * @param gone expenses that had been deleted before
 * @param reason why, in the words of whoever did it
 */
@Revision("1")
public record ImportUndone(
        UUID importId,
        UUID ownerId,
        int deleted,
        int kept,
        int gone,
        @Nullable @Personal String reason) implements ImportEvent {}
