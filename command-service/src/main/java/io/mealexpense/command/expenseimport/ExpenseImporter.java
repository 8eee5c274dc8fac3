package io.mealexpense.command.expenseimport;

import io.mealexpense.command.eventstore.Commands;
import io.mealexpense.command.eventstore.OwnedEvents;
import io.mealexpense.command.eventstore.OwnedEvents.Recording;
import io.mealexpense.command.eventstore.Receipt;
import io.mealexpense.command.eventstore.RequestContext;
import io.mealexpense.command.eventstore.StoredEvents;
import io.mealexpense.command.expense.ExpensePolicy;
import io.mealexpense.command.expense.ExpenseRecorder;
import io.mealexpense.command.expense.ExpenseRefused;
import io.mealexpense.command.expense.MealExpenseId;
import io.mealexpense.command.expenseimport.ExpenseImportCommand.ApplyImport;
import io.mealexpense.command.expenseimport.ImportOutcome.RowOutcome;
import io.mealexpense.command.expenseimport.ImportRow.Readable;
import io.mealexpense.command.expenseimport.ImportRow.Unreadable;
import io.mealexpense.edge.problem.FieldError;
import io.mealexpense.edge.problem.ProblemException;
import io.mealexpense.edge.problem.ProblemType;
import io.mealexpense.edge.security.Actor;
import io.mealexpense.events.ImportApplied;
import io.mealexpense.events.MealExpenseContent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Records the rows of a file, each on its own: what one row says never stops another, and a file that was cut short
 * anywhere is finished by sending it again.
 *
 * <p>A row's expense has an identifier that follows from its owner, from what the row says, and from how many equal
 * rows stood before it in the file: the same row is the same expense in whichever file it comes, and two equal rows are
 * two expenses. A row of our own export stands for the expense that it names, if that is its owner's; elsewhere (moved
 * to another account or installation) the identifier follows from that name. Such a row is refused if it says what that
 * expense never said: whoever edited it would otherwise think that it was taken.
 *
 * <p>Under an {@code Idempotency-Key} a file is imported once: sent again it gets its first answer. That answer's counts
 * are in the import's event; its rows are worked out again from the log as it was then, because an event of 20,000 rows
 * would be longer than they are. Only why a row was refused is told by today's rules. Another file under the same key is
 * refused before any of it is recorded, unless two servers are sent both at once: then the one that ends later is.
 */
@Component
public class ExpenseImporter {

    /** Imports under way here that have a key. */
    private final Set<ImportId> running = ConcurrentHashMap.newKeySet();

    private final ExpenseRecorder recorder;
    private final ExpensePolicy policy;
    private final OwnedEvents ownedEvents;
    private final Commands commands;

    ExpenseImporter(ExpenseRecorder recorder, ExpensePolicy policy, OwnedEvents ownedEvents, Commands commands) {
        this.recorder = recorder;
        this.policy = policy;
        this.ownedEvents = ownedEvents;
        this.commands = commands;
    }

    /**
     * Says no to a file whose {@code Idempotency-Key} stands for another one, before anything of it is read.
     *
     * @throws ProblemException 409 if it does
     */
    public void requireSameFile(Actor actor, RequestContext context) {
        var retry = context.retry();
        if (retry != null) {
            commands.before(ImportId.ofKey(actor.accountId(), retry.key()).value(), context);
        }
    }

    public ImportOutcome apply(ImportedFile file, Actor actor, RequestContext context) {
        var run = new Run(file, actor, context.via("import"));
        if (context.retry() == null) {
            return run.apply();
        }
        if (!running.add(run.importId)) {
            throw new ProblemException(
                            ProblemType.BUSY,
                            "A file with this Idempotency-Key is being imported. Send it again for its answer.")
                    .header("Retry-After", "5");
        }
        try {
            return run.apply();
        } finally {
            running.remove(run.importId);
        }
    }

    /** One file being recorded. */
    private final class Run {

        private final ImportedFile file;
        private final Actor actor;
        private final RequestContext context;
        private final ImportId importId;
        private final boolean keyed;
        private Map<UUID, Recording> known = Map.of();
        private Map<UUID, List<MealExpenseContent>> contents = Map.of();
        private final AtomicLong lastPosition = new AtomicLong();

        Run(ImportedFile file, Actor actor, RequestContext context) {
            this.file = file;
            this.actor = actor;
            this.context = context;
            var retry = context.retry();
            this.keyed = retry != null;
            this.importId = retry == null
                    ? ImportId.of(actor.accountId(), file.hash())
                    : ImportId.ofKey(actor.accountId(), retry.key());
        }

        ImportOutcome apply() {
            var before = commands.before(importId.value(), context);
            return before.isPresent() ? again(before.get()) : end(rows(OwnedEvents.NOW, this::record));
        }

        /** The first answer, from the log as it was then. */
        private ImportOutcome again(StoredEvents.Found before) {
            var applied = (ImportApplied) before.event();
            var rows = rows(before.receipt().position(), this::refusedThen);
            return new ImportOutcome(applied.recorded(), applied.same(), applied.refused(), rows, before.receipt());
        }

        private List<RowOutcome> rows(long upTo, BiFunction<Readable, UUID, RowOutcome> unknown) {
            var ids = expenseIds(upTo);
            known = ownedEvents.recordings(ids.values(), upTo);
            contents = ownedEvents.expenseContents(
                    readable().stream()
                            .filter(row -> row.exportedId() != null)
                            .map(row -> id(ids, row))
                            .filter(known::containsKey)
                            .toList(),
                    upTo);
            var firsts = new LinkedHashMap<UUID, Readable>();
            readable().forEach(row -> firsts.putIfAbsent(id(ids, row), row));
            var recorded = outcomes(firsts, unknown);
            var outcomes = new ArrayList<RowOutcome>();
            for (var row : file.rows()) {
                outcomes.add(
                        switch (row) {
                            case Unreadable it -> new RowOutcome.Refused(it.number(), it.errors());
                            case Readable it -> outcome(it, id(ids, it), firsts, recorded);
                        });
            }
            return List.copyOf(outcomes);
        }

        private List<Readable> readable() {
            return file.rows().stream()
                    .filter(Readable.class::isInstance)
                    .map(Readable.class::cast)
                    .toList();
        }

        private static UUID id(Map<Integer, UUID> ids, Readable row) {
            return Objects.requireNonNull(ids.get(row.number()));
        }

        /** Only an export can name one expense in two rows. */
        private RowOutcome outcome(Readable row, UUID id, Map<UUID, Readable> firsts, Map<UUID, RowOutcome> recorded) {
            var first = Objects.requireNonNull(firsts.get(id));
            var outcome = Objects.requireNonNull(recorded.get(id));
            if (first == row) {
                return outcome;
            }
            if (contents.containsKey(id) && !broughtByThis(known.get(id))) {
                return onRecord(row, id, known.get(id), contents);
            }
            if (!first.fingerprint().equals(row.fingerprint())) {
                return refused(row, "id", "stands in an earlier row with another content; a new expense has no id yet");
            }
            return outcome instanceof RowOutcome.Refused it
                    ? new RowOutcome.Refused(row.number(), it.errors())
                    : new RowOutcome.Same(row.number(), id);
        }

        /** Under a key, what was recorded by an attempt that was cut short has not been answered yet. */
        private boolean broughtByThis(@Nullable Recording recording) {
            return keyed && recording != null && importId.value().equals(recording.importId());
        }

        /** Of a row whose expense exists. */
        private RowOutcome onRecord(
                Readable row, UUID id, @Nullable Recording recording, Map<UUID, List<MealExpenseContent>> contents) {
            var same = row.exportedId() == null
                    || row.saysOneOf(
                            contents.getOrDefault(id, List.of()), file.columns().keySet());
            if (!same) {
                return refused(row, "id", "this expense is on record with other content; amend it there");
            }
            return broughtByThis(recording)
                    ? new RowOutcome.Recorded(row.number(), id)
                    : new RowOutcome.Same(row.number(), id);
        }

        /** Of a row that another request recorded just now. */
        private Optional<RowOutcome> onRecordMeanwhile(Readable row, UUID id) {
            var one = List.of(id);
            return Optional.ofNullable(
                            ownedEvents.recordings(one, OwnedEvents.NOW).get(id))
                    .map(recording -> onRecord(row, id, recording, ownedEvents.expenseContents(one, OwnedEvents.NOW)));
        }

        /** Of a row whose expense did not exist after the import. */
        private RowOutcome refusedThen(Readable row, UUID id) {
            try {
                policy.require(row.content(), actor.accountId(), null);
                return refused(row, "row", "was refused when this file was first sent; send it under another key");
            } catch (ExpenseRefused refused) {
                return refused(row, refused);
            }
        }

        private Map<UUID, RowOutcome> outcomes(
                Map<UUID, Readable> rows, BiFunction<Readable, UUID, RowOutcome> unknown) {
            var outcomes = new HashMap<UUID, RowOutcome>();
            try (var recordings = new SideBySide(
                    "The import was cut short. What it recorded stays; send the file again to finish it.")) {
                rows.forEach((id, row) -> {
                    if (known.containsKey(id)) {
                        outcomes.put(id, onRecord(row, id, known.get(id), contents));
                    } else {
                        recordings.send(() -> unknown.apply(row, id), outcome -> outcomes.put(id, outcome));
                    }
                });
                recordings.await();
            }
            return outcomes;
        }

        /** By row number. */
        private Map<Integer, UUID> expenseIds(long upTo) {
            var readable = readable();
            var owner = actor.accountId();
            var recordings = ownedEvents.recordings(
                    readable.stream()
                            .map(Readable::exportedId)
                            .filter(Objects::nonNull)
                            .toList(),
                    upTo);
            var ids = new HashMap<Integer, UUID>();
            var occurrences = new HashMap<String, Integer>();
            for (var row : readable) {
                var exportedId = row.exportedId();
                var recording = exportedId == null ? null : recordings.get(exportedId);
                if (exportedId == null) {
                    var occurrence = occurrences.merge(row.fingerprint(), 1, Integer::sum);
                    ids.put(
                            row.number(),
                            DerivedId.of("row", owner.toString(), row.fingerprint(), occurrence.toString()));
                } else if (recording != null && owner.equals(recording.ownerId())) {
                    ids.put(row.number(), exportedId);
                } else {
                    ids.put(row.number(), DerivedId.of("exported", owner.toString(), exportedId.toString()));
                }
            }
            return ids;
        }

        private RowOutcome record(Readable row, UUID id) {
            try {
                var recorded = recorder.record(
                        new MealExpenseId(id), row.content(), importId.value(), actor, context.retriedAs(null));
                lastPosition.accumulateAndGet(recorded.receipt().position(), Math::max);
                return recorded.again()
                        ? onRecordMeanwhile(row, id).orElseThrow()
                        : new RowOutcome.Recorded(row.number(), id);
            } catch (ExpenseRefused refused) {
                return refused(row, refused);
            } catch (ProblemException problem) {
                if (problem.type() == ProblemType.CONFLICT) {
                    // the same row arrived by another request just now, under other settings
                    return onRecordMeanwhile(row, id).orElseThrow(() -> problem);
                }
                throw problem;
            }
        }

        private RowOutcome refused(Readable row, ExpenseRefused refused) {
            return switch (refused) {
                case ExpenseRefused.SpentInTheFuture it -> refused(row, "spentOn", it.getMessage());
                case ExpenseRefused.UnknownCategory it -> refused(row, "categoryId", it.getMessage());
                case ExpenseRefused.UnknownRestaurant it -> refused(row, "restaurantId", it.getMessage());
                case ExpenseRefused.NotYours it -> throw it;
                case ExpenseRefused.AlreadyDeleted it -> throw it;
                case ExpenseRefused.NotDeleted it -> throw it;
                case ExpenseRefused.StaleVersion it -> throw it;
            };
        }

        private RowOutcome refused(Readable row, String property, @Nullable String message) {
            return new RowOutcome.Refused(
                    row.number(), List.of(new FieldError(file.column(property), String.valueOf(message))));
        }

        private ImportOutcome end(List<RowOutcome> rows) {
            var command = new ApplyImport(
                    importId,
                    actor,
                    file.hash(),
                    ImportOutcome.count(rows, RowOutcome.Recorded.class),
                    ImportOutcome.count(rows, RowOutcome.Same.class),
                    ImportOutcome.count(rows, RowOutcome.Refused.class),
                    file.name());
            var end = commands.sendOrBegin(importId.value(), command, context);
            // another server may have ended the same import before this one's last rows
            return new ImportOutcome(
                    command.recorded(),
                    command.same(),
                    command.refused(),
                    rows,
                    new Receipt(end.version(), Math.max(end.position(), lastPosition.get())));
        }
    }
}
