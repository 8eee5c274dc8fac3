package io.mealexpense.merkle.event;

import java.util.Locale;

/** The sealed columns of an event, in the order in which a leaf holds them; the order is part of every root. */
public enum EventField {
    POSITION,
    AGGREGATE_TYPE,
    AGGREGATE_ID,
    SEQUENCE,
    EVENT_ID,
    NAME,
    REVISION,
    RECORDED_AT,
    COMMAND_ID,
    PAYLOAD,
    METADATA;

    static final EventField[] ALL = values();

    /** The column's name. */
    public String column() {
        return name().toLowerCase(Locale.ROOT);
    }
}
