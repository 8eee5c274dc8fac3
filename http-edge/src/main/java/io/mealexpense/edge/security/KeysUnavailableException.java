package io.mealexpense.edge.security;

/** Whether a token is genuine cannot be said, because its key is not known and nobody can be asked for it. */
public final class KeysUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    KeysUnavailableException() {
        super("The keys of access tokens cannot be had", null, false, false);
    }
}
