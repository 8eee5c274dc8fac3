package io.mealexpense.postgres;

/** The database cannot be had; the message tells the person at the machine what is wrong and what to do. */
public class EmbeddedPostgresException extends RuntimeException {

    public EmbeddedPostgresException(String message) {
        super(message);
    }

    public EmbeddedPostgresException(String message, Throwable cause) {
        super(message, cause);
    }
}
