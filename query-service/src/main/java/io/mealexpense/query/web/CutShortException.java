package io.mealexpense.query.web;

/**
 * An answer failed after its beginning was sent. Nothing can be said any more, so the connection is cut: a file that
 * ends too early must never look like a whole one.
 */
public final class CutShortException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CutShortException(Throwable cause) {
        super("The answer was cut short", cause);
    }
}
