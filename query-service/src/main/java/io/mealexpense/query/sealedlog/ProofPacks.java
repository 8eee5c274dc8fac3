package io.mealexpense.query.sealedlog;

import io.mealexpense.edge.problem.ProblemException;
import io.mealexpense.edge.problem.ProblemType;
import io.mealexpense.merkle.InclusionPaths;
import io.mealexpense.merkle.note.Checkpoint;
import io.mealexpense.merkle.note.Checkpoint.InvalidCheckpointException;
import io.mealexpense.merkle.note.VerifierKey;
import io.mealexpense.merkle.pack.PackSubject;
import io.mealexpense.merkle.pack.PackSubject.OfExpense;
import io.mealexpense.merkle.pack.PackSubject.OfPeriod;
import io.mealexpense.merkle.pack.ProofPackWriter;
import io.mealexpense.query.readmodel.AtLeast;
import io.mealexpense.query.readmodel.PeriodEvents;
import io.mealexpense.query.readmodel.PeriodEvents.Days;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * Makes proof packs. First it is found out what must be in one, then a checkpoint is chosen that seals all of it, and
 * then everything is taken as of that checkpoint: what is sealed never changes, so no snapshot has to be held meanwhile.
 */
@Component
class ProofPacks {

    /** More would be a file of hundreds of megabytes. */
    static final int MOST_EVENTS = 100_000;

    /** Each may take a while, and a file of some hundred megabytes. */
    private static final int PACKS_AT_ONCE = 2;

    /** Events in memory at a time. */
    private static final int CHUNK = 500;

    /** Sealing takes two seconds, and under full load less than five. */
    private static final Duration SEALED_WITHIN = Duration.ofSeconds(6);

    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final SealedLogQueries log;
    private final PeriodEvents periods;
    private final Semaphore atWork = new Semaphore(PACKS_AT_ONCE);

    ProofPacks(SealedLogQueries log, PeriodEvents periods) {
        this.log = log;
        this.periods = periods;
    }

    /**
     * A pack.
     *
     * @param file for the receiver to delete
     * @param name to offer it under
     */
    record Pack(Path file, String name) {}

    Pack make(ProofPackParameters parameters, AtLeast atLeast) throws IOException {
        var subject = subject(parameters);
        var asked = positions(subject, atLeast, Long.MAX_VALUE);
        if (asked.length == 0) {
            throw nothing(subject);
        }
        requireFew(asked);
        var stored = sealing(asked[asked.length - 1]);
        // as of the checkpoint, which may be further than what was asked about
        var sealed = positions(subject, new AtLeast(OptionalLong.of(stored.size())), stored.size());
        requireFew(sealed);
        if (!atWork.tryAcquire()) {
            throw new ProblemException(ProblemType.BUSY, "Others are taking proof packs away. Ask again shortly.")
                    .header(HttpHeaders.RETRY_AFTER, "10");
        }
        try {
            return new Pack(written(subject, stored, sealed), name(subject, stored.size()));
        } finally {
            atWork.release();
        }
    }

    private static PackSubject subject(ProofPackParameters parameters) {
        return parameters.expenseId() != null
                ? new OfExpense(parameters.expenseId())
                : new OfPeriod(
                        Objects.requireNonNull(parameters.ownerId()),
                        Objects.requireNonNull(parameters.from()),
                        Objects.requireNonNull(parameters.to()));
    }

    private static String name(PackSubject subject, long size) {
        return switch (subject) {
            case OfExpense it -> "proof-%s-%d.zip".formatted(it.expenseId(), size);
            case OfPeriod it -> "proof-%s-%s-to-%s-%d.zip".formatted(it.ownerId(), it.from(), it.to(), size);
        };
    }

    private long[] positions(PackSubject subject, AtLeast atLeast, long upTo) {
        return switch (subject) {
            case OfExpense it -> log.positions(it.expenseId(), upTo, MOST_EVENTS + 1);
            case OfPeriod it ->
                periods.positions(new Days(it.ownerId(), it.from(), it.to()), atLeast, upTo, MOST_EVENTS + 1);
        };
    }

    private static ProblemException nothing(PackSubject subject) {
        return new ProblemException(
                ProblemType.NOT_FOUND,
                switch (subject) {
                    case OfExpense it -> "There is no such expense.";
                    case OfPeriod it -> "No expense of this owner was ever dated in this period.";
                });
    }

    private static void requireFew(long[] positions) {
        if (positions.length > MOST_EVENTS) {
            throw new ProblemException(
                    ProblemType.REFUSED,
                    "There are more than %,d events in this period. Choose a shorter one.".formatted(MOST_EVENTS));
        }
    }

    /** The first checkpoint found that seals the position. */
    private Checkpoints.Checkpoint sealing(long position) {
        var end = System.nanoTime() + SEALED_WITHIN.toNanos();
        while (true) {
            var latest = log.latest();
            if (latest.isPresent() && latest.get().size() >= position) {
                return latest.get();
            }
            if (System.nanoTime() >= end) {
                throw new ProblemException(
                                ProblemType.NOT_SEALED,
                                "Position %d is not sealed yet. Ask again in a moment; if it stays like this, sealing has"
                                                .formatted(position)
                                        + " stopped and an operator must look into it.")
                        .header(HttpHeaders.RETRY_AFTER, "5");
            }
            try {
                Thread.sleep(LOOK_EVERY);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new ProblemException(ProblemType.BUSY, "This service is being stopped. Ask again shortly.")
                        .header(HttpHeaders.RETRY_AFTER, "5");
            }
        }
    }

    /** Into a file first: a failure on the way is told as one, and no slow client holds anything up. */
    private Path written(PackSubject subject, Checkpoints.Checkpoint stored, long[] positions) throws IOException {
        var file = Files.createTempFile("proof-pack", ".zip");
        try {
            write(file, subject, stored, positions);
            return file;
        } catch (IOException | RuntimeException failed) {
            Files.delete(file);
            throw failed;
        }
    }

    private void write(Path file, PackSubject subject, Checkpoints.Checkpoint stored, long[] positions)
            throws IOException {
        var keys = log.keys();
        try (var pack =
                new ProofPackWriter(Files.newOutputStream(file), subject, stored.note(), open(stored, keys), keys)) {
            for (var from = 0; from < positions.length; from += CHUNK) {
                var chunk = Arrays.copyOfRange(positions, from, Math.min(from + CHUNK, positions.length));
                var events = log.events(chunk);
                if (events.size() != chunk.length) {
                    throw new IllegalStateException("The log lacks sealed events between positions %d and %d"
                            .formatted(chunk[0], chunk[chunk.length - 1]));
                }
                for (var event : events) {
                    pack.event(event);
                }
            }
            var paths = new InclusionPaths(log.tiles());
            var fingerprints = log.fingerprints();
            for (var position : positions) {
                pack.proof(position, fingerprints.of(position), paths.of(position - 1, stored.size()));
            }
            pack.finish();
        }
    }

    private static Checkpoint open(Checkpoints.Checkpoint stored, List<VerifierKey> keys) {
        try {
            return Checkpoint.open(stored.note(), keys);
        } catch (InvalidCheckpointException invalid) {
            throw new IllegalStateException(
                    "The checkpoint of size %d cannot be trusted".formatted(stored.size()), invalid);
        }
    }
}
