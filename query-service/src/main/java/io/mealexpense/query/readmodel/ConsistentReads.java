package io.mealexpense.query.readmodel;

import io.mealexpense.edge.problem.ProblemException;
import io.mealexpense.edge.problem.ProblemType;
import java.sql.Types;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reads of one read model: everything an answer is made of comes from one snapshot, and the same snapshot says how far
 * the model was. So an answer is never older than what the reader has written, and never half old.
 */
public final class ConsistentReads {

    /** What {@code incomplete} means in every answer that can have it. */
    public static final String INCOMPLETE =
            "True if entries could not be processed yet and may be missing or outdated here; absent otherwise";

    private final JdbcClient jdbc;
    private final ProjectionProgress progress;
    private final Past past;
    private final long timeoutNanos;
    private final TransactionTemplate snapshot;

    public ConsistentReads(
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            ProjectionProgress progress,
            Past past,
            Duration timeout) {
        this.jdbc = jdbc;
        this.progress = progress;
        this.past = past;
        this.timeoutNanos = timeout.toNanos();
        this.snapshot = new TransactionTemplate(transactions);
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        snapshot.setReadOnly(true);
    }

    /**
     * How far the tables are that an answer comes from.
     *
     * @param projection whose tables they are
     * @param generation which copy of the tables
     * @param incomplete {@code true} if events of the owner were put aside, the first copy is still being made, or the
     *     projection has not read yet what the log had when it began; else absent
     * @param then absent if the answer is about the present
     */
    public record State(
            String projection,
            long generation,
            long position,
            @Nullable Boolean incomplete,
            @Nullable Then then) {

        /** A moment of the past and what tells of it. */
        record Then(AsOf asOf, Past past) {}

        /** The moment of the past that the answer is about, absent for the present. */
        public @Nullable AsOf asOf() {
            return then == null ? null : then.asOf();
        }

        /** What stands after FROM: the live table, or what it would have held then. */
        public String table(String live, Past.Relation relation) {
            return then == null ? live : relation.of(then.past(), then.asOf().position());
        }
    }

    /**
     * Answers from the projection's live tables once they contain what the reader has written, or from what is known of
     * the past once that contains everything up to the moment.
     *
     * @param owner whose rows the answer is made of, empty for everybody's
     * @throws ProblemException 503 {@code projection-behind} if they do not within the time allowed, or the projection
     *     has not begun by then, so that nobody knows which tables are live
     */
    public <T> T read(String projection, Optional<UUID> owner, Moment moment, Function<State, T> query) {
        if (moment.asOf() == null) {
            return read(projection, owner, moment.atLeast(), query);
        }
        var asOf = past.at(moment.asOf(), "asOf");
        return read(past.projection(), owner, asOf.position(), new State.Then(asOf, past), query);
    }

    /** Answers from the projection's live tables once they contain what the reader has written. */
    public <T> T read(String projection, Optional<UUID> owner, AtLeast atLeast, Function<State, T> query) {
        return read(projection, owner, atLeast.position().orElse(0), null, query);
    }

    private <T> T read(
            String projection, Optional<UUID> owner, long wanted, State.@Nullable Then then, Function<State, T> query) {
        var end = System.nanoTime() + timeoutNanos;
        while (true) {
            var answer = snapshot.execute(status -> enter(projection, owner, then)
                    .filter(state -> state.position() >= wanted)
                    .map(query));
            if (answer != null && answer.isPresent()) {
                return answer.get();
            }
            var left = end - System.nanoTime();
            if (left <= 0) {
                throw behind(wanted);
            }
            try {
                progress.await(projection, wanted, left);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw behind(wanted);
            }
        }
    }

    /** Turns the transaction to the live generation; nothing if the projection has not begun. */
    private Optional<State> enter(String projection, Optional<UUID> owner, State.@Nullable Then then) {
        return jdbc.sql("""
                        SELECT t.generation, t.position, set_config('search_path', t.schema, false),
                               t.position < t.complete_from
                               OR EXISTS (SELECT FROM read_model.dead_letter l
                                        WHERE l.projection = t.projection AND l.generation = t.generation
                                          AND (:owner::uuid IS NULL OR l.owner_id IS NULL OR l.owner_id = :owner))
                               OR EXISTS (SELECT FROM read_model.projection_rebuild r
                                           WHERE r.initial AND r.finished_at IS NULL
                                             AND t.projection = ANY (r.projections))
                                   AS incomplete
                          FROM read_model.projection_token t
                         WHERE t.projection = :projection AND t.segment = 0
                        """)
                .param("owner", owner.orElse(null), Types.OTHER)
                .param("projection", projection)
                .query((row, number) -> new State(
                        projection,
                        row.getLong("generation"),
                        row.getLong("position"),
                        row.getBoolean("incomplete") ? Boolean.TRUE : null,
                        then))
                .optional();
    }

    /** Whether events of the aggregate were put aside, so that its row is outdated or not there; asked inside a read. */
    public boolean isPutAside(State state, UUID aggregate) {
        return jdbc.sql("""
                        SELECT EXISTS (SELECT FROM read_model.dead_letter
                                        WHERE projection = ? AND generation = ? AND aggregate_id = ?)
                        """)
                .params(state.projection(), state.generation(), aggregate)
                .query(Boolean.class)
                .single();
    }

    private static ProblemException behind(long wanted) {
        return new ProblemException(
                        ProblemType.PROJECTION_BEHIND,
                        wanted > 0
                                ? "Your change is safe, but this answer does not contain it yet. Ask again in a moment."
                                : "This is being made ready. Ask again in a moment.")
                .header(HttpHeaders.RETRY_AFTER, "1");
    }
}
