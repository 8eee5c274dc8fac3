package io.mealexpense.query.rebuild;

import com.fasterxml.jackson.annotation.JsonValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Locale;

/** How far a rebuild is. */
@Schema(enumAsRef = true)
enum RebuildState {
    /** It waits for its turn. */
    REQUESTED,
    /** Rows are made from the log and copied into tables without indexes. */
    COPYING,
    /** Totals are summed up and indexes made. */
    INDEXING,
    /** What happened meanwhile is projected. */
    CATCHING_UP,
    /** The copies are compared at one position. */
    COMPARING,
    /** They are not equal; an operator has to decide. */
    DIFFERS,
    /** They are equal, or an operator wants the new one whatever it is. */
    SWAPPING,
    /** The new copy is live. */
    SWAPPED,
    /** The live copy stayed. */
    CANCELLED,
    /** It could not be done at all. */
    FAILED;

    @JsonValue
    String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static RebuildState of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
