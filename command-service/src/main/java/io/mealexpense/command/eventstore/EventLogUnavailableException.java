package io.mealexpense.command.eventstore;

import java.sql.SQLException;

/** The log could not be reached or would not take the events; nothing was appended. */
public final class EventLogUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    EventLogUnavailableException(SQLException cause) {
        super(cause.getMessage(), cause);
    }
}
