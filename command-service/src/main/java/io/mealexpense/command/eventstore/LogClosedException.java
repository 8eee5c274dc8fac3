package io.mealexpense.command.eventstore;

/** The log was restored from a backup and takes nothing before a recovery is declared; nothing was appended. */
public final class LogClosedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LogClosedException(String why) {
        super("The log is closed until a recovery is declared: " + why, null, false, false);
    }
}
