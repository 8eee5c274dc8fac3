package io.mealexpense.command.eventstore;

import java.util.List;

/** Takes the events of one command into the log. */
@FunctionalInterface
interface Appender {

    /**
     * Appends all events or none; when it returns, they are on disk.
     *
     * @return position of the last one; the others stand right before it, in order
     * @throws EventLog.DuplicateEventException if an aggregate has such a sequence, or such a command id, already
     * @throws EventLog.OutcomeUnknownException if the connection was lost and the outcome could not be found out
     * @throws LogClosedException if the log takes none before a recovery is declared
     * @throws EventLogUnavailableException if nothing was appended for another reason
     */
    long append(List<NewEvent> events);
}
