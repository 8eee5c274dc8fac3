package io.mealexpense.command.operations;

import com.fasterxml.uuid.Generators;
import io.mealexpense.command.eventstore.Lineage;
import io.mealexpense.command.eventstore.LogRecovery;
import io.mealexpense.command.eventstore.Receipt;
import io.mealexpense.command.eventstore.RequestContext;
import io.mealexpense.edge.problem.ProblemException;
import io.mealexpense.edge.problem.ProblemType;
import io.mealexpense.events.LogRecoveryDeclared;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Declares that a restored log is what there is from now on, once, however often and by however many it is asked for. */
@Component
public class RecoveryDeclaration {

    /** Times it is looked again when the log was something else a moment ago. */
    private static final int ATTEMPTS = 3;

    private final LogRecovery log;

    RecoveryDeclaration(LogRecovery log) {
        this.log = log;
    }

    /**
     * Opens the log.
     *
     * @param endsAt the position that the administrator knows the log to end at
     * @return where the declaration stands, by whomever it was made
     * @throws ProblemException 409 if the log ends elsewhere, or nothing has to be declared
     */
    public Receipt declare(long endsAt, String reason, RequestContext context) {
        for (var attempt = 1; attempt <= ATTEMPTS; attempt++) {
            var found = log.lineage();
            if (found.closed() == null) {
                if (found.since() == endsAt + 1) {
                    return new Receipt(0, found.since());
                }
                throw new ProblemException(
                        ProblemType.CONFLICT, "There is nothing to declare: whatever is entered is recorded.");
            }
            if (found.position() != endsAt) {
                throw new ProblemException(
                        ProblemType.CONFLICT,
                        "The log ends at position %d. Look at it again before you declare."
                                .formatted(found.position()));
            }
            var running = found.running();
            if (running == null) {
                break;
            }
            var declared = log.declare(event(found, running, reason), context);
            if (declared.outcome() == LogRecovery.Outcome.DECLARED) {
                return new Receipt(0, declared.position());
            }
        }
        throw new ProblemException(ProblemType.BUSY, "The database is changing its place at the moment.")
                .header("Retry-After", "5");
    }

    private static LogRecoveryDeclared event(Lineage found, Lineage.Cluster running, String reason) {
        var before = found.declared();
        var published = found.published();
        return new LogRecoveryDeclared(
                Generators.timeBasedEpochGenerator().generate(),
                before == null ? null : text(before),
                before == null ? null : before.timeline(),
                text(running),
                running.timeline(),
                found.position(),
                published == null ? null : published.size(),
                root(published),
                reason);
    }

    private static String text(Lineage.Cluster cluster) {
        return Long.toString(cluster.systemIdentifier());
    }

    private static @Nullable String root(Lineage.@Nullable Published published) {
        return published == null ? null : Base64.getEncoder().encodeToString(published.root());
    }
}
