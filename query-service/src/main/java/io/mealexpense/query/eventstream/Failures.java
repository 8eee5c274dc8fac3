package io.mealexpense.query.eventstream;

import java.sql.SQLException;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.TransactionException;

/** Tells failures that an event causes from those that would have hit any event, and puts them in words. */
final class Failures {

    /** Characters of an error that are kept. */
    private static final int LENGTH = 1_000;

    /** What a column says to a value of another type: the read model was written wrongly, whatever the event. */
    private static final String INVALID_BINARY_REPRESENTATION = "22P03";

    private Failures() {}

    /**
     * Whether the same event would fail again however often it is tried. A database that is away, full, locked or
     * without a table is nobody's event, and neither is a log that cannot be read.
     */
    static boolean areOfTheEvent(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return isOfTheData(sql);
            }
            if (cause instanceof Error
                    || cause instanceof InterruptedException
                    || cause instanceof LogBrokenException
                    || cause instanceof TooManyLettersException
                    || cause instanceof UnableToClaimTokenException
                    || cause instanceof DataAccessResourceFailureException
                    || cause instanceof TransactionException) {
                return false;
            }
        }
        return true;
    }

    /** Cardinality violation, data exception, integrity constraint violation. */
    private static boolean isOfTheData(SQLException failure) {
        var state = failure.getSQLState();
        return state != null
                && !state.equals(INVALID_BINARY_REPRESENTATION)
                && (state.startsWith("21") || state.startsWith("22") || state.startsWith("23"));
    }

    /** The cause, without what the processing put around it. */
    static String describe(Throwable failure) {
        var root = failure;
        while (root.getCause() != null && !(root instanceof LogBrokenException)) {
            root = root.getCause();
        }
        var text = root.getClass().getSimpleName() + ": " + root.getMessage();
        return text.length() > LENGTH ? text.substring(0, LENGTH) : text;
    }
}
