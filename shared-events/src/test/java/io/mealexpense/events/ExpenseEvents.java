package io.mealexpense.events;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.UUID;

/** Test data: one complete example of every event, and short forms for the rest of the tests. */
public final class ExpenseEvents {

    public static final UUID EXPENSE = UUID.fromString("0199a000-0000-7000-8000-000000000001");
    public static final UUID ALICE = UUID.fromString("0199a000-0000-7000-8000-00000000000a");
    public static final UUID LUNCHES = UUID.fromString("0199a000-0000-7000-8000-0000000000c1");
    public static final UUID IMPORT = UUID.fromString("0199a000-0000-7000-8000-0000000000f1");
    public static final UUID REBUILD = UUID.fromString("0199a000-0000-7000-8000-0000000000b1");
    public static final UUID LETTER = UUID.fromString("0199a000-0000-8000-8000-0000000000d1");
    public static final UUID RECOVERY = UUID.fromString("0199a000-0000-7000-8000-0000000000a1");

    private ExpenseEvents() {}

    public static MealExpenseRecorded lunchRecorded() {
        return lunchRecorded("12.50");
    }

    public static MealExpenseRecorded lunchRecorded(String amount) {
        return lunchRecorded(EXPENSE, ALICE, amount, LocalDate.of(2026, 3, 15), null);
    }

    public static MealExpenseRecorded lunchRecorded(
            UUID id, UUID owner, String amount, LocalDate spentOn, UUID category) {
        return new MealExpenseRecorded(
                id,
                owner,
                null,
                spentOn,
                null,
                null,
                new BigDecimal(amount),
                "EUR",
                null,
                null,
                "lunch",
                null,
                null,
                category,
                null,
                "Corner Deli",
                List.of(),
                null,
                List.of(),
                null);
    }

    public static MealExpenseAmended amendedTo(String amount) {
        return amendedTo(EXPENSE, ALICE, amount, LocalDate.of(2026, 3, 15), null);
    }

    public static MealExpenseAmended amendedTo(UUID id, UUID owner, String amount, LocalDate spentOn, UUID category) {
        return new MealExpenseAmended(
                id,
                owner,
                spentOn,
                null,
                null,
                new BigDecimal(amount),
                "EUR",
                null,
                null,
                "lunch",
                null,
                null,
                category,
                null,
                "Corner Deli",
                List.of(),
                null,
                List.of(),
                null,
                null);
    }

    /** One event of every kind, with every component set. */
    public static List<StoredEvent> oneOfEach() {
        return List.of(
                new MealExpenseRecorded(
                        EXPENSE,
                        ALICE,
                        IMPORT,
                        LocalDate.of(2026, 3, 15),
                        LocalTime.of(12, 30),
                        "Europe/Berlin",
                        new BigDecimal("12.50"),
                        "EUR",
                        new BigDecimal("0.82"),
                        new BigDecimal("1.00"),
                        "lunch",
                        "dine-in",
                        2,
                        LUNCHES,
                        UUID.fromString("0199a000-0000-7000-8000-0000000000e1"),
                        "Corner Deli",
                        List.of("client", "spring"),
                        "Quarterly planning",
                        List.of("Bob"),
                        "Window table"),
                new MealExpenseAmended(
                        EXPENSE,
                        ALICE,
                        LocalDate.of(2026, 3, 15),
                        LocalTime.of(12, 30),
                        "Europe/Berlin",
                        new BigDecimal("-13.20"),
                        "EUR",
                        new BigDecimal("0.82"),
                        new BigDecimal("1.00"),
                        "lunch",
                        "dine-in",
                        2,
                        LUNCHES,
                        UUID.fromString("0199a000-0000-7000-8000-0000000000e1"),
                        "Corner Deli",
                        List.of("client", "spring"),
                        "Quarterly planning",
                        List.of("Bob"),
                        "Window table",
                        "Money back"),
                new MealExpenseDeleted(EXPENSE, ALICE, "Entered twice"),
                new MealExpenseRestored(EXPENSE, ALICE, "It was not"),
                new CategoryCreated(LUNCHES, ALICE, "Restaurants", "#C2410C", "tools-kitchen-2"),
                new CategoryAmended(LUNCHES, ALICE, "Eating out", "#C2410C", "soup"),
                new CategoryArchived(LUNCHES, ALICE),
                new AccountRegistered(ALICE, "EUR", "Europe/Berlin"),
                new RoleGranted(ALICE, "AUDITOR"),
                new RoleRevoked(ALICE, "AUDITOR"),
                new AccountDisabled(ALICE),
                new AccountEnabled(ALICE),
                new PasswordChanged(ALICE),
                new ImportApplied(IMPORT, ALICE, "9f86d081884c7d65", 5, 1, 2, null),
                new ImportUndone(IMPORT, ALICE, 4, 1, 0, "The wrong account's file"),
                new ProjectionRebuildRequested(
                        REBUILD, List.of("category-spend", "monthly-report"), "A total looked wrong"),
                new ProjectionRebuildSwapped(REBUILD, "The live one is the wrong one", null),
                new ProjectionRebuildCancelled(REBUILD, "Not today"),
                new DeadLetterRetried(LETTER, "expense-list", EXPENSE, "Fixed in this version"),
                new DeadLetterDiscarded(LETTER, "expense-list", EXPENSE, "Known and harmless"),
                new LogRecoveryDeclared(
                        RECOVERY,
                        "7450111222333444555",
                        1,
                        "7450111222333444555",
                        2,
                        1234,
                        1300L,
                        "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
                        "A disk was lost"));
    }
}
