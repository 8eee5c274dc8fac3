package io.mealexpense.command.eventstore;

/** More appends wait than the log can take in reasonable time; nothing was appended. */
public final class LogBusyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LogBusyException() {
        super("Too many appends are waiting", null, false, false);
    }
}
