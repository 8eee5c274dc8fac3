package io.mealexpense.query.eventstream;

/** The log does not contain what it must, or something that cannot be read; projecting stops rather than skips. */
public final class LogBrokenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LogBrokenException(String message) {
        super(message);
    }

    LogBrokenException(String message, Throwable cause) {
        super(message, cause);
    }
}
