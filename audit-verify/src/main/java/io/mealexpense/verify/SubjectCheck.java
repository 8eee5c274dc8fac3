package io.mealexpense.verify;

import io.mealexpense.merkle.event.LoggedEvent;
import io.mealexpense.merkle.pack.PackFile;
import io.mealexpense.merkle.pack.PackSubject;
import io.mealexpense.merkle.pack.PackSubject.OfExpense;
import io.mealexpense.merkle.pack.PackSubject.OfPeriod;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Whether the events belong to the subject, and each expense is there from its beginning without gaps. Whether it is there
 * to its end, and whether others belong there too, no pack can tell. It remembers a few bytes for each expense.
 */
final class SubjectCheck {

    private final PackSubject subject;
    private final Consumer<String> violation;

    /** The last sequence by expense, with whether it was ever in the period. */
    private final Map<UUID, Seen> expenses = new HashMap<>();

    private record Seen(long sequence, boolean inPeriod) {}

    SubjectCheck(PackSubject subject, Consumer<String> violation) {
        this.subject = subject;
        this.violation = violation;
    }

    private void violation(long position, String field, String message) {
        violation.accept("%s, position %d, %s: %s".formatted(PackFile.EVENTS.fileName(), position, field, message));
    }

    void take(LoggedEvent event) {
        if (!new String(event.aggregateType(), StandardCharsets.UTF_8).equals("MealExpense")) {
            violation(event.position(), "aggregate_type", "it is no event of an expense");
            return;
        }
        var before = expenses.get(event.aggregateId());
        var expected = before == null ? 0 : before.sequence() + 1;
        if (event.sequence() != expected) {
            violation(
                    event.position(),
                    "sequence",
                    "it is %d, and the next one of the expense is %d: something is missing"
                            .formatted(event.sequence(), expected));
        }
        var inPeriod = before != null && before.inPeriod();
        switch (subject) {
            case OfExpense it -> {
                inPeriod = true;
                if (!event.aggregateId().equals(it.expenseId())) {
                    violation(
                            event.position(),
                            "aggregate_id",
                            "MANIFEST.json says that the pack is about another expense");
                }
            }
            case OfPeriod it -> inPeriod |= isInPeriod(event, it);
        }
        expenses.put(event.aggregateId(), new Seen(event.sequence(), inPeriod));
    }

    private boolean isInPeriod(LoggedEvent event, OfPeriod period) {
        try {
            var payload = Json.object(new String(event.payload(), StandardCharsets.UTF_8));
            if (!payload.text("ownerId").equals(period.ownerId().toString())) {
                violation(event.position(), "payload", "MANIFEST.json says that the pack is about another owner");
            }
            var spentOn = payload.textOrNull("spentOn");
            if (spentOn == null) {
                return false;
            }
            var day = LocalDate.parse(spentOn);
            return !day.isBefore(period.from()) && !day.isAfter(period.to());
        } catch (IllegalArgumentException | DateTimeException unreadable) {
            violation(event.position(), "payload", "owner and day cannot be read: " + unreadable.getMessage());
            return false;
        }
    }

    /** How many there are. */
    int expenses() {
        return expenses.size();
    }

    void end() {
        expenses.forEach((expense, seen) -> {
            if (!seen.inPeriod()) {
                violation.accept("%s: the expense %s was never in the period that MANIFEST.json says"
                        .formatted(PackFile.EVENTS.fileName(), expense));
            }
        });
    }
}
