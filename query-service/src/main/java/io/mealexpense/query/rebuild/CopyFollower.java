package io.mealexpense.query.rebuild;

import io.mealexpense.query.eventstream.LogSource;
import io.mealexpense.query.eventstream.Projector;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Projects into a copy what it lacks, as its live counterpart did, and keeps its token. */
final class CopyFollower {

    /** Events projected at a time: a copy that is behind is nobody's answer yet, and few large batches cost least. */
    private static final int BATCH = 1_000;

    private final LogSource source;
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;

    CopyFollower(LogSource source, JdbcClient jdbc, TransactionTemplate transactions) {
        this.source = source;
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /** Gives a copy its token, unless it has one. */
    void begin(RebuildTask task, String projection) {
        jdbc.sql("""
                        INSERT INTO read_model.projection_token (projection, segment, position, generation)
                        VALUES (?, 0, ?, ?) ON CONFLICT DO NOTHING
                        """)
                .params(task.token(projection), task.upTo(), task.generation())
                .update();
    }

    void forget(RebuildTask task, String projection) {
        jdbc.sql("DELETE FROM read_model.projection_token WHERE projection = ?")
                .param(task.token(projection))
                .update();
    }

    /** Where the log ends. */
    long end() {
        return source.end();
    }

    long position(String token) {
        return jdbc.sql("SELECT position FROM read_model.projection_token WHERE projection = ? AND segment = 0")
                .param(token)
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    /**
     * Does all of it in one transaction, which has its connection before the work begins: who works while others wait
     * must not wait for a connection that one of them may have.
     */
    <T> T atOnce(Supplier<T> work) {
        return Objects.requireNonNull(transactions.execute(status -> work.get()));
    }

    /** Projects one batch and says how far the copy is then, at most at the position. */
    long follow(RebuildTask task, Projector projector, long upTo) {
        try {
            return batch(task, projector, upTo);
        } catch (RuntimeException spoiled) {
            if (!Projector.isOfTheEvent(spoiled)) {
                throw spoiled;
            }
            return batch(task, projector, upTo); // one event at a time
        }
    }

    private long batch(RebuildTask task, Projector projector, long upTo) {
        var token = task.token(projector.projection().group());
        return Objects.requireNonNull(transactions.execute(status -> {
            var position = jdbc.sql("""
                            SELECT position, set_config('search_path', schema, false),
                                   set_config('synchronous_commit', 'off', true)
                              FROM read_model.projection_token WHERE projection = ? FOR UPDATE
                            """)
                    .param(token)
                    .query((row, number) -> row.getLong("position"))
                    .single();
            var events = following(position, upTo);
            var reached = position + events.size();
            if (reached > position) {
                projector.project(task.generation(), events);
                jdbc.sql("UPDATE read_model.projection_token SET position = ? WHERE projection = ?")
                        .params(reached, token)
                        .update();
            }
            return reached;
        }));
    }

    /** The next events up to the position; as many as are to be read there, since the log has no holes. */
    private List<TrackedEventMessage<?>> following(long position, long upTo) {
        var wanted = Math.toIntExact(Math.min(BATCH, Math.max(0, upTo - position)));
        var events = new ArrayList<TrackedEventMessage<?>>();
        while (events.size() < wanted) {
            var next = source.following(position + events.size());
            if (next.isEmpty()) {
                break;
            }
            events.addAll(next.subList(0, Math.min(next.size(), wanted - events.size())));
        }
        return events;
    }
}
