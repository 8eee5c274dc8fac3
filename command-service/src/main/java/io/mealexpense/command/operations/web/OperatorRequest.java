package io.mealexpense.command.operations.web;

import com.fasterxml.uuid.Generators;
import io.mealexpense.command.operations.ProjectionName;
import io.mealexpense.command.operations.RebuildId;
import io.mealexpense.command.web.ClientMadeId;
import io.mealexpense.command.web.FreeText;
import io.mealexpense.edge.problem.FieldError;
import io.mealexpense.edge.problem.ProblemException;
import io.mealexpense.events.ProjectionNames;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads what an operator sends, field by field, and tells everything that is wrong at once. What could not be read has
 * some value until {@link #requireValid} says so.
 */
final class OperatorRequest {

    static final int REASON = 500;

    private final List<FieldError> errors = new ArrayList<>();

    /**
     * @throws ProblemException 400 naming every field that is wrong
     */
    void requireValid() {
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
    }

    /** In its normal form. */
    String reason(@Nullable String given) {
        var reason = FreeText.normal(given);
        if (reason == null) {
            return wrong("reason", given == null ? "is required" : "is empty", "");
        }
        return reason.length() > REASON
                ? wrong("reason", "is longer than %d characters".formatted(REASON), "")
                : reason;
    }

    /** Whoever swaps has seen a comparison. */
    long comparedAt(@Nullable Long given) {
        if (given == null) {
            return wrong("comparedAt", "is required: the position of the comparison that you decide on", 0L);
        }
        return given < 0 ? wrong("comparedAt", "is no position", 0L) : given;
    }

    /** Whoever declares a recovery has seen what was restored. */
    long logEnd(@Nullable Long given) {
        if (given == null) {
            return wrong("position", "is required: the position that the log ends at", 0L);
        }
        return given < 0 ? wrong("position", "is no position", 0L) : given;
    }

    /** Without one, a new one is made. */
    RebuildId rebuildId(@Nullable String given) {
        UUID made = Generators.timeBasedEpochGenerator().generate();
        return new RebuildId(
                given == null
                        ? made
                        : ClientMadeId.read(given).orElseGet(() -> wrong("id", ClientMadeId.REFUSAL, made)));
    }

    /** Without a list, all that there are. */
    Set<ProjectionName> projections(@Nullable List<@Nullable String> given) {
        if (given == null) {
            return ProjectionName.all();
        }
        if (given.isEmpty()) {
            return wrong("projections", "names none; leave it out for all of them", Set.of());
        }
        var projections = new HashSet<ProjectionName>();
        for (var i = 0; i < given.size(); i++) {
            var field = "projections[%d]".formatted(i);
            var projection = ProjectionName.of(String.valueOf(given.get(i)));
            if (projection.isEmpty()) {
                return wrong(field, "is none of " + String.join(", ", ProjectionNames.ALL), Set.of());
            }
            if (!projections.add(projection.get())) {
                return wrong(field, "is there twice", Set.of());
            }
        }
        return projections;
    }

    private <T> T wrong(String field, String message, T until) {
        errors.add(new FieldError(field, message));
        return until;
    }
}
