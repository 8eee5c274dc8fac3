package io.mealexpense.events;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.UUID;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * An expense was corrected; the event carries the whole new content, and what is absent was cleared.
 *
 * @param mealExpenseId which expense
 * @param ownerId whose expense it is, not necessarily who typed it in; the actor is in the metadata
 * @param spentOn calendar day on the receipt, as the owner entered it
 * @param spentAt wall-clock time of the meal to the minute, in {@code zone} where one is given
 * @param zone IANA time zone of {@code spentAt}
 * @param amount gross, in major units of {@code currency}, scaled to its fraction digits; negative is money back
 * @param currency ISO 4217 code
 * @param tax the part of {@code amount} that is tax, same unit and scale
 * @param tip the part of {@code amount} that is a tip, same unit and scale
 * @param mealType code of the kind of meal, such as {@code lunch}
 * @param orderType code of how it was ordered, such as {@code takeout}
 * @param partySize how many people ate, the owner included
 * @param categoryId the owner's category, absent when uncategorised
 * @param restaurantId the owner's restaurant, absent when only {@code place} is known
 * @param place free text, shown when no restaurant is linked
 * @param tags names, in the order entered, no duplicates
 * @param purpose business purpose, free text
 * @param attendees people at the table, free text each
 * @param notes free text
 * @param reason why, in the words of whoever amended it
 */
@Revision("1")
public record MealExpenseAmended(
        UUID mealExpenseId,
        UUID ownerId,
        LocalDate spentOn,
        @Nullable LocalTime spentAt,
        @Nullable String zone,
        BigDecimal amount,
        String currency,
        @Nullable BigDecimal tax,
        @Nullable BigDecimal tip,
        String mealType,
        @Nullable String orderType,
        @Nullable Integer partySize,
        @Nullable UUID categoryId,
        @Nullable UUID restaurantId,
        @Nullable @Personal String place,
        List<String> tags,
        @Nullable @Personal String purpose,
        @Personal List<String> attendees,
        @Nullable @Personal String notes,
        @Nullable @Personal String reason)
        implements MealExpenseEvent, MealExpenseContent {

    public MealExpenseAmended {
        tags = List.copyOf(tags);
        attendees = List.copyOf(attendees);
    }
}
