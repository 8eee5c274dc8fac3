package io.mealexpense.query.eventstream;

import io.mealexpense.events.DeadLetterDiscarded;
import io.mealexpense.events.DeadLetterEvent;
import io.mealexpense.events.DeadLetterRetried;
import io.mealexpense.query.readmodel.Batch;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Turns events into the rows of one read model, in the caller's transaction and in the generation that its search path
 * names. A batch that an event spoils is done again one event at a time; the event that fails alone is put aside with
 * the later ones of its subject, and what operators say about such events is obeyed where it stands in the log.
 */
public final class Projector {

    private static final Logger log = LoggerFactory.getLogger(Projector.class);

    private final Projection projection;
    private final Handlers handlers;
    private final LogSource source;
    private final DeadLetters letters;
    private final TransactionTemplate savepoint;
    private volatile boolean careful;

    Projector(Projection projection, LogSource source, DeadLetters letters, PlatformTransactionManager transactions) {
        this.projection = projection;
        this.handlers = new Handlers(projection);
        this.source = source;
        this.letters = letters;
        this.savepoint = new TransactionTemplate(transactions);
        savepoint.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    }

    public Projection projection() {
        return projection;
    }

    /** Whether it is all the same to the read model if the identifiers and metadata of events are left out. */
    public boolean needsNoMetadata() {
        return handlers.needNoMetadata();
    }

    private boolean isForUs(EventMessage<?> event) {
        return event.getPayload() instanceof DeadLetterEvent act
                && act.projection().equals(projection.group());
    }

    /**
     * Projects events in the order of the log.
     *
     * @throws RuntimeException if the batch has to be rolled back and tried again
     */
    public void project(long generation, List<? extends TrackedEventMessage<?>> events) {
        if (careful) {
            oneByOne(generation, events);
            careful = false;
            return;
        }
        try {
            if (events.stream().anyMatch(this::isForUs)
                    || !letters.subjects(projection.group(), generation, subjects(events))
                            .isEmpty()) {
                oneByOne(generation, events);
            } else {
                gather(events).write();
            }
        } catch (RuntimeException failure) {
            careful = Failures.areOfTheEvent(failure);
            throw failure;
        }
    }

    /** Whether the batch that failed last will be tried one event at a time. */
    boolean isCareful() {
        return careful;
    }

    private static Set<UUID> subjects(List<? extends TrackedEventMessage<?>> events) {
        var subjects = new HashSet<UUID>();
        events.forEach(event -> subjects.add(subject(event)));
        return subjects;
    }

    private static UUID subject(EventMessage<?> event) {
        return UUID.fromString(((DomainEventMessage<?>) event).getAggregateIdentifier());
    }

    /** What the events change, nothing written yet. */
    public Batch gather(List<? extends TrackedEventMessage<?>> events) {
        try {
            return Batch.gather(() -> {
                for (var event : events) {
                    handlers.handle(event);
                }
                return null;
            });
        } catch (RuntimeException failure) {
            throw failure;
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    private void oneByOne(long generation, List<? extends TrackedEventMessage<?>> events) {
        var parked = letters.subjects(projection.group(), generation, subjects(events));
        for (var event : events) {
            if (isForUs(event)) {
                obey(generation, event, parked);
            }
            if (!handlers.canHandle(event)) {
                continue;
            }
            if (parked.contains(subject(event))) {
                letters.parkBehind(projection.group(), generation, event);
            } else {
                attempt(event).ifPresent(failure -> {
                    park(generation, event, failure);
                    parked.add(subject(event));
                });
            }
        }
    }

    /** Puts the event aside. */
    public void park(long generation, TrackedEventMessage<?> event, Throwable failure) {
        log.error(
                "Projection {} puts position {} aside",
                projection.group(),
                event.trackingToken().position().orElseThrow(),
                failure);
        letters.park(projection.group(), generation, event, Failures.describe(failure));
    }

    /** Puts the event aside because an earlier one of its subject was. */
    public void parkBehind(long generation, TrackedEventMessage<?> event) {
        letters.parkBehind(projection.group(), generation, event);
    }

    private Optional<RuntimeException> attempt(TrackedEventMessage<?> event) {
        try {
            savepoint.executeWithoutResult(status -> gather(List.of(event)).write());
            return Optional.empty();
        } catch (RuntimeException failure) {
            if (!Failures.areOfTheEvent(failure)) {
                throw failure;
            }
            return Optional.of(failure);
        }
    }

    private void obey(long generation, TrackedEventMessage<?> event, Set<UUID> parked) {
        var group = projection.group();
        var subject = ((DeadLetterEvent) event.getPayload()).subjectId();
        switch ((DeadLetterEvent) event.getPayload()) {
            case DeadLetterRetried retried -> {
                var positions = letters.positions(group, generation, subject);
                if (retry(generation, positions)) {
                    parked.remove(subject);
                    letters.acted(
                            group, generation, event, "retry", subject, positions.isEmpty() ? "nothing" : "taken");
                } else {
                    parked.add(subject);
                    letters.acted(group, generation, event, "retry", subject, "failed-again");
                }
            }
            case DeadLetterDiscarded discarded -> {
                var some = letters.discard(group, generation, subject);
                letters.acted(group, generation, event, "discard", subject, some ? "discarded" : "nothing");
            }
        }
    }

    /** Tries a subject's events again, and says whether none is left. */
    private boolean retry(long generation, List<Long> positions) {
        for (var position : positions) {
            var failure = attempt(source.at(position));
            if (failure.isPresent()) {
                letters.failedAgain(projection.group(), generation, position, Failures.describe(failure.get()));
                return false;
            }
            letters.remove(projection.group(), generation, position);
        }
        return true;
    }

    /** Whether the failure was caused by an event rather than by circumstances. */
    public static boolean isOfTheEvent(Throwable failure) {
        return Failures.areOfTheEvent(failure);
    }
}
