package io.mealexpense.events;

import java.util.UUID;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * A file of expenses was read; the expenses it brought are events of their own and name this import.
 *
 * @param importId which import
 * @param ownerId whose expenses
 * @param fileHash SHA-256 of the file, lower-case hexadecimal
 * @param recorded rows that became expenses
 * @param same rows that an earlier import had already recorded
 * @param refused rows that could not be taken
 * @param fileName what the file was called where it came from, without folders; absent where the client did not say, and
 *     in every import before names were kept
 */
@Revision("1")
public record ImportApplied(
        UUID importId,
        UUID ownerId,
        String fileHash,
        int recorded,
        int same,
        int refused,
        @Nullable @Personal String fileName)
        implements ImportEvent {}
