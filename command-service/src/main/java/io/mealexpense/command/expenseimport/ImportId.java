package io.mealexpense.command.expenseimport;

import java.util.UUID;

/**
 * Names one file of one account. It follows from both, so an import that was cut short and sent again is still one
 * import, and every expense of the file names the same one.
 */
public record ImportId(UUID value) {

    static ImportId of(UUID ownerId, String fileHash) {
        return new ImportId(DerivedId.of("import", ownerId.toString(), fileHash));
    }

    /** The bare UUID: Axon stores it as the aggregate's identifier. */
    @Override
    public String toString() {
        return value.toString();
    }
}
