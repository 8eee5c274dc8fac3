package io.mealexpense.events;

import java.util.UUID;
import org.axonframework.serialization.Revision;

/**
 * A file of expenses was read; the expenses it brought are events of their own and name this import.
 *
 * @param importId which import
 * @param ownerId whose expenses
 * @param fileHash SHA-256 of the file, lower-case hexadecimal
 * @param recorded rows that became expenses
 * @param same rows that an earlier import had already recorded
 * @param refused rows that could not be taken
 */
@Revision("1")
public record ImportApplied(UUID importId, UUID ownerId, String fileHash, int recorded, int same, int refused)
        implements StoredEvent {}
