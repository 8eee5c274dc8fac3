package io.mealexpense.command.expense.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The writable content of an expense as clients send it; {@link ExpenseContentReader} makes sense of the texts. */
public interface ExpenseRequest {

    /** Most characters of each text, most entries of each list, and how many people may eat. */
    final class Limits {
        public static final int ZONE = 64;
        public static final int PLACE = 200;
        public static final int TAGS = 20;
        public static final int TAG = 50;
        public static final int PURPOSE = 500;
        public static final int ATTENDEES = 50;
        public static final int ATTENDEE = 100;
        public static final int NOTES = 4000;
        public static final int PARTY_SIZE = 1000;

        private Limits() {}
    }

    @Nullable
    String spentOn();

    @Nullable
    String spentAt();

    @Nullable
    String zone();

    @Nullable
    String amount();

    @Nullable
    String currency();

    @Nullable
    String tax();

    @Nullable
    String tip();

    @Nullable
    String mealType();

    @Nullable
    String orderType();

    @Nullable
    Integer partySize();

    @Nullable
    String categoryId();

    @Nullable
    String restaurantId();

    @Nullable
    String place();

    @Nullable
    List<@Nullable String> tags();

    @Nullable
    String purpose();

    @Nullable
    List<@Nullable String> attendees();

    @Nullable
    String notes();
}
