package io.mealexpense.query.readmodel;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What read models held at any moment of the past, as SQL that stands where the name of a live table stands. A relation
 * has the columns that the queries of the present use, and none of its rows is too many: what counts for nothing may be
 * there with a count of zero, and what is summed up may be there in parts.
 */
public interface Past {

    /** The projection whose tables tell it. */
    String projection();

    /**
     * What had been recorded by a moment: the same whenever it is asked for.
     *
     * @param parameter of the request, to which a refusal refers
     * @throws io.mealexpense.edge.problem.ProblemException 422 if the moment has not come yet
     */
    AsOf at(Instant moment, String parameter);

    /** Every expense, the deleted ones too, with the columns of {@code ExpenseRow}. */
    String expenses(long position);

    /** Amounts and counts by owner, day, category, meal type and currency. */
    String dayTotals(long position);

    /** Amounts and counts by owner, month and currency. */
    String monthTotals(long position);

    /** The same by month and currency alone, however many owners there are. */
    String everybodysMonthTotals(long position);

    /**
     * The amounts and counts by month and currency that an answer about an owner is made of, or about everybody.
     *
     * @param owner empty for everybody
     */
    static Relation monthTotals(Optional<UUID> owner) {
        return owner.isPresent() ? Past::monthTotals : Past::everybodysMonthTotals;
    }

    /** Every category, the archived ones too: id, owner, sequence, name, colour, icon and whether it was archived. */
    String categories(long position);

    /** One of the relations above. */
    @FunctionalInterface
    interface Relation {
        String of(Past past, long position);
    }
}
