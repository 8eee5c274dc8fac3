package io.mealexpense.query.sealedlog;

import io.mealexpense.query.web.QueryParameters;
import io.swagger.v3.oas.annotations.Parameter;
import java.time.LocalDate;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What a proof pack is about: one expense, or an owner's days. */
record ProofPackParameters(
        @Parameter(description = "The expense; then nothing else is given") @Nullable
        UUID expenseId,

        @Parameter(description = "Whose expenses; then `from` and `to` are given too") @Nullable
        UUID ownerId,

        @Parameter(description = "First day, inclusive") @Nullable
        LocalDate from,

        @Parameter(description = "Last day, inclusive") @Nullable
        LocalDate to)
        implements QueryParameters {

    @Override
    public void check(BiConsumer<String, String> refuse) {
        if (expenseId == null && ownerId == null) {
            refuse.accept("expenseId", "is needed, or ownerId with from and to");
        } else if (expenseId != null) {
            refuseIfGiven(refuse, "ownerId", ownerId);
            refuseIfGiven(refuse, "from", from);
            refuseIfGiven(refuse, "to", to);
        } else {
            requireGiven(refuse, "from", from);
            requireGiven(refuse, "to", to);
            if (from != null && to != null && from.isAfter(to)) {
                refuse.accept("from", "is after to");
            }
        }
    }

    private static void refuseIfGiven(BiConsumer<String, String> refuse, String name, @Nullable Object value) {
        if (value != null) {
            refuse.accept(name, "does not go together with expenseId");
        }
    }

    private static void requireGiven(BiConsumer<String, String> refuse, String name, @Nullable Object value) {
        if (value == null) {
            refuse.accept(name, "is needed with ownerId");
        }
    }
}
