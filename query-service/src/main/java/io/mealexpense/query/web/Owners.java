package io.mealexpense.query.web;

import io.mealexpense.edge.problem.ProblemException;
import io.mealexpense.edge.problem.ProblemType;
import io.mealexpense.edge.security.Actor;
import io.mealexpense.edge.security.Role;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whose data an answer may contain.
 *
 * @param only empty for everybody's
 */
public record Owners(Optional<UUID> only) {

    /**
     * An auditor sees the asked for, or everybody; a member sees their own, and asking for another's is refused.
     *
     * @param asked the {@code ownerId} of the request
     */
    public static Owners of(Actor actor, @Nullable UUID asked) {
        if (actor.has(Role.AUDITOR)) {
            return new Owners(Optional.ofNullable(asked));
        }
        if (asked != null && !asked.equals(actor.accountId())) {
            throw new ProblemException(ProblemType.FORBIDDEN, "Only an auditor may see other people's data.");
        }
        return new Owners(Optional.of(actor.accountId()));
    }

    public static Owners of(Actor actor) {
        return of(actor, null);
    }

    public boolean include(UUID owner) {
        return only.isEmpty() || only.get().equals(owner);
    }
}
