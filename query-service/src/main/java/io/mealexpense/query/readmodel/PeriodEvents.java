package io.mealexpense.query.readmodel;

import java.time.LocalDate;
import java.util.UUID;

/**
 * Knows which events belong to a period: the log can be asked by expense, not by day. Offered here by whoever keeps every
 * event, for whoever needs them.
 */
public interface PeriodEvents {

    /** Days in a row of one owner's expenses. */
    record Days(UUID ownerId, LocalDate from, LocalDate to) {}

    /**
     * Positions of all events, up to one position, of the expenses that ever lay in the days until then.
     *
     * @param atLeast what must have been seen; the answer is of no use to whoever needs more than that
     * @param upTo last position that counts
     * @param limit answers this many at most
     * @return ascending
     * @throws io.mealexpense.edge.problem.ProblemException 503 if they are not all known yet
     */
    long[] positions(Days days, AtLeast atLeast, long upTo, int limit);
}
