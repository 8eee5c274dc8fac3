package io.mealexpense.command.expenseimport;

import java.util.UUID;

/**
 * Names one import of one account. It follows from the file or, where the client gave one, from its
 * {@code Idempotency-Key}: so an import that was cut short and sent again is still one import whose expenses all name
 * it, and whatever else comes under the same key meets the first.
 */
public record ImportId(UUID value) {

    static ImportId of(UUID ownerId, String fileHash) {
        return new ImportId(DerivedId.of("import", ownerId.toString(), fileHash));
    }

    static ImportId ofKey(UUID ownerId, String idempotencyKey) {
        return new ImportId(DerivedId.of("import-key", ownerId.toString(), idempotencyKey));
    }

    /** The bare UUID: Axon stores it as the aggregate's identifier. */
    @Override
    public String toString() {
        return value.toString();
    }
}
