package io.mealexpense.events;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Everything a member writes about a meal, as a recording or an amendment fixed it. */
public sealed interface MealExpenseContent permits MealExpenseRecorded, MealExpenseAmended {

    LocalDate spentOn();

    @Nullable
    LocalTime spentAt();

    @Nullable
    String zone();

    BigDecimal amount();

    String currency();

    @Nullable
    BigDecimal tax();

    @Nullable
    BigDecimal tip();

    String mealType();

    @Nullable
    String orderType();

    @Nullable
    Integer partySize();

    @Nullable
    UUID categoryId();

    @Nullable
    UUID restaurantId();

    @Nullable
    String place();

    List<String> tags();

    @Nullable
    String purpose();

    List<String> attendees();

    @Nullable
    String notes();
}
