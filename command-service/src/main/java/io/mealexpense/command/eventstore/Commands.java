package io.mealexpense.command.eventstore;

import static io.mealexpense.command.metrics.CommandMeters.Outcome.ACCEPTED;
import static io.mealexpense.command.metrics.CommandMeters.Outcome.REPEATED;

import io.mealexpense.command.metrics.CommandMeters;
import io.mealexpense.edge.problem.ProblemException;
import io.mealexpense.edge.problem.ProblemType;
import io.mealexpense.edge.trace.Traces;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.springframework.stereotype.Component;

/** Sends commands and answers when their events are on disk, with where they stand in the log. */
@Component
public class Commands {

    /** Times a command is decided anew when another process appended to its aggregate in between. */
    private static final int ATTEMPTS = 5;

    private final CommandGateway gateway;
    private final AppendRecorder recorder;
    private final StoredEvents storedEvents;
    private final AggregateMemory memory;
    private final CommandMeters meters;
    private final Traces traces;

    Commands(
            CommandGateway gateway,
            AppendRecorder recorder,
            StoredEvents storedEvents,
            AggregateMemory memory,
            CommandMeters meters,
            Traces traces) {
        this.memory = memory;
        this.meters = meters;
        this.traces = traces;
        this.gateway = gateway;
        this.recorder = recorder;
        this.storedEvents = storedEvents;
    }

    /**
     * Sends a command to its aggregate.
     *
     * @return the aggregate's new version and the position of the command's last event
     * @throws AggregateNotFoundException if there is no such aggregate
     * @throws AggregateStreamCreationException if it was to be created and exists
     */
    public Receipt send(UUID aggregateId, Object command, RequestContext context) {
        return send(aggregateId, command, context, false);
    }

    /**
     * Sends a command to an aggregate that begins with whichever of its commands comes first.
     *
     * @return the aggregate's new version and the position of the command's last event
     */
    public Receipt sendOrBegin(UUID aggregateId, Object command, RequestContext context) {
        return send(aggregateId, command, context, true);
    }

    private Receipt send(UUID aggregateId, Object command, RequestContext context, boolean begins) {
        var began = System.nanoTime();
        try {
            var before = before(aggregateId, context);
            var receipt = before.isPresent()
                    ? before.get().receipt()
                    : traces.step(
                            command.getClass().getSimpleName(), () -> decide(aggregateId, command, context, begins));
            meters.sent(command, before.isPresent() ? REPEATED : ACCEPTED, System.nanoTime() - began);
            return receipt;
        } catch (RuntimeException refused) {
            meters.refused(command, refused, System.nanoTime() - began);
            throw refused;
        }
    }

    private Receipt decide(UUID aggregateId, Object command, RequestContext context, boolean begins) {
        for (var attempt = 1; ; attempt++) {
            var outcome = memory.deciding(attempt == 1, () -> sendOnce(aggregateId, command, context));
            if (outcome.result() != null) {
                return outcome.result();
            }
            var refused = Objects.requireNonNull(outcome.refusal());
            // whoever was overtaken by their own retry is told what the one that came first was told
            var meanwhile = before(aggregateId, context);
            if (meanwhile.isPresent()) {
                return meanwhile.get().receipt();
            }
            if (outcome.remembered() && !isOfTheLog(refused)) {
                continue; // another process may know better: the log decides
            }
            if (!overtaken(refused, begins)) {
                throw refused;
            }
            requireUnusedKey(aggregateId, context);
            if (attempt == ATTEMPTS) {
                throw new ProblemException(ProblemType.BUSY, "Too many changes at once.").header("Retry-After", "1");
            }
        }
    }

    /** Several may act on what is nobody's own; a key that one of them used is taken for the others. */
    private void requireUnusedKey(UUID aggregateId, RequestContext context) {
        var retry = context.retry();
        if (retry != null && storedEvents.byCommand(aggregateId, retry.key()).isPresent()) {
            throw new ProblemException(
                    ProblemType.IDEMPOTENCY_CONFLICT, "This Idempotency-Key was sent before by somebody else.");
        }
    }

    /** Whether nothing was decided at all, or nobody knows whether it was: asking again could do it twice. */
    private static boolean isOfTheLog(RuntimeException refused) {
        return refused instanceof LogBusyException
                || refused instanceof LogClosedException
                || refused instanceof EventLogUnavailableException
                || refused instanceof EventLog.OutcomeUnknownException;
    }

    private static boolean overtaken(RuntimeException refused, boolean begins) {
        return refused instanceof AggregateStreamCreationException ? begins : refused instanceof ConcurrencyException;
    }

    /**
     * What the client's command made of the aggregate when it was sent before, nothing if it was not.
     *
     * @throws ProblemException 409 if it was another command then
     */
    public Optional<StoredEvents.Found> before(UUID aggregateId, RequestContext context) {
        var retry = context.retry();
        if (retry == null) {
            return Optional.empty();
        }
        var before = storedEvents
                .byCommand(aggregateId, retry.key())
                .filter(found -> found.actorId().equals(context.actorId()));
        before.ifPresent(found -> requireSame(found, retry));
        return before;
    }

    private static void requireSame(StoredEvents.Found before, RequestContext.Retry retry) {
        if (!retry.contentHash().equals(before.contentHash())) {
            throw new ProblemException(
                    ProblemType.IDEMPOTENCY_CONFLICT, "This Idempotency-Key was sent before with another content.");
        }
    }

    private Receipt sendOnce(UUID aggregateId, Object command, RequestContext context) {
        try {
            var appended = recorder.during(
                    () -> gateway.sendAndWait(new GenericCommandMessage<>(command).withMetaData(context.metadata())));
            var version = appended.stream()
                    .filter(event -> event.aggregateId().equals(aggregateId))
                    .mapToLong(AppendRecorder.Appended::sequence)
                    .max()
                    .orElseThrow(() -> new IllegalStateException(
                            command.getClass().getSimpleName() + " was accepted but appended nothing"));
            return new Receipt(version, appended.getLast().position());
        } catch (CommandExecutionException failure) {
            throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
        } catch (RuntimeException failure) {
            throw failure;
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
