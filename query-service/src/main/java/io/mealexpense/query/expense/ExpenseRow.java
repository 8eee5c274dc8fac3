package io.mealexpense.query.expense;

import io.mealexpense.events.MealExpenseAmended;
import io.mealexpense.events.MealExpenseContent;
import io.mealexpense.events.MealExpenseDeleted;
import io.mealexpense.events.MealExpenseEvent;
import io.mealexpense.events.MealExpenseRecorded;
import io.mealexpense.events.MealExpenseRestored;
import io.mealexpense.query.readmodel.Fact;
import io.mealexpense.query.readmodel.SequencedRow;
import io.mealexpense.query.readmodel.Sum;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One expense as it is now.
 *
 * @param placeKey the place without case and accents, empty where there is none
 * @param searchText place, notes and purpose without case and accents
 */
public record ExpenseRow(
        UUID expenseId,
        UUID ownerId,
        long sequence,
        boolean deleted,
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
        @Nullable String place,
        List<String> tags,
        @Nullable String purpose,
        List<String> attendees,
        @Nullable String notes,
        Instant recordedAt,
        @Nullable Instant amendedAt,
        @Nullable Instant deletedAt,
        String placeKey,
        String searchText)
        implements SequencedRow {

    @Override
    public UUID rowId() {
        return expenseId;
    }

    public static ExpenseRow after(@Nullable ExpenseRow before, Fact<MealExpenseEvent> fact) {
        return switch (fact.event()) {
            case MealExpenseRecorded event ->
                of(event.mealExpenseId(), event.ownerId(), fact.sequence(), event, fact.at(), null);
            case MealExpenseAmended event -> {
                var row = Objects.requireNonNull(before);
                yield of(row.expenseId, row.ownerId, fact.sequence(), event, row.recordedAt, fact.at());
            }
            case MealExpenseDeleted event -> Objects.requireNonNull(before).deleted(fact.sequence(), fact.at());
            case MealExpenseRestored event -> Objects.requireNonNull(before).deleted(fact.sequence(), null);
        };
    }

    private static ExpenseRow of(
            UUID id,
            UUID owner,
            long sequence,
            MealExpenseContent content,
            Instant recordedAt,
            @Nullable Instant amendedAt) {
        return new ExpenseRow(
                id,
                owner,
                sequence,
                false,
                content.spentOn(),
                content.spentAt(),
                content.zone(),
                content.amount(),
                content.currency(),
                content.tax(),
                content.tip(),
                content.mealType(),
                content.orderType(),
                content.partySize(),
                content.categoryId(),
                content.restaurantId(),
                content.place(),
                content.tags(),
                content.purpose(),
                content.attendees(),
                content.notes(),
                recordedAt,
                amendedAt,
                null,
                "",
                "");
    }

    /** With the keys that it is searched and sorted by, which follow from its content. */
    public ExpenseRow completed() {
        return new ExpenseRow(
                expenseId,
                ownerId,
                sequence,
                deleted,
                spentOn,
                spentAt,
                zone,
                amount,
                currency,
                tax,
                tip,
                mealType,
                orderType,
                partySize,
                categoryId,
                restaurantId,
                place,
                tags,
                purpose,
                attendees,
                notes,
                recordedAt,
                amendedAt,
                deletedAt,
                SearchText.normalised(place),
                SearchText.of(place, notes, purpose));
    }

    private ExpenseRow deleted(long newSequence, @Nullable Instant at) {
        return new ExpenseRow(
                expenseId,
                ownerId,
                newSequence,
                at != null,
                spentOn,
                spentAt,
                zone,
                amount,
                currency,
                tax,
                tip,
                mealType,
                orderType,
                partySize,
                categoryId,
                restaurantId,
                place,
                tags,
                purpose,
                attendees,
                notes,
                recordedAt,
                amendedAt,
                at,
                placeKey,
                searchText);
    }

    /** What the expense counts for in the totals; nothing while it is in the bin. */
    public Map<TotalKey, Sum> counted() {
        return deleted
                ? Map.of()
                : Map.of(new TotalKey(ownerId, spentOn, categoryId, mealType, currency), Sum.of(amount));
    }

    /** The same for the totals of whole months. */
    public Map<MonthKey, Sum> countedInMonth() {
        return deleted ? Map.of() : Map.of(new MonthKey(ownerId, spentOn.withDayOfMonth(1), currency), Sum.of(amount));
    }

    /** What the totals are kept by. */
    public record TotalKey(
            UUID ownerId, LocalDate spentOn, @Nullable UUID categoryId, String mealType, String currency) {}

    /**
     * What the totals of whole months are kept by.
     *
     * @param month first day of the month of {@code spentOn}
     */
    public record MonthKey(UUID ownerId, LocalDate month, String currency) {}
}
