package io.mealexpense.query.readmodel;

import io.mealexpense.edge.problem.ProblemException;
import io.mealexpense.edge.problem.ProblemType;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
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

    private final JdbcClient jdbc;
    private final ProjectionProgress progress;
    private final long timeoutNanos;
    private final TransactionTemplate snapshot;

    public ConsistentReads(
            JdbcClient jdbc, PlatformTransactionManager transactions, ProjectionProgress progress, Duration timeout) {
        this.jdbc = jdbc;
        this.progress = progress;
        this.timeoutNanos = timeout.toNanos();
        this.snapshot = new TransactionTemplate(transactions);
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        snapshot.setReadOnly(true);
    }

    /**
     * Answers from the projection's tables once they contain the position.
     *
     * @throws ProblemException 503 {@code projection-behind} if they do not within the time allowed
     */
    public <T> T read(String projection, AtLeast atLeast, Supplier<T> query) {
        if (atLeast.position().isEmpty()) {
            return answered(query);
        }
        var wanted = atLeast.position().getAsLong();
        var end = System.nanoTime() + timeoutNanos;
        while (true) {
            var answer = snapshot.execute(
                    status -> positionOf(projection) >= wanted ? Optional.of(query.get()) : Optional.<T>empty());
            if (answer != null && answer.isPresent()) {
                return answer.get();
            }
            var left = end - System.nanoTime();
            if (left <= 0) {
                throw behind();
            }
            try {
                progress.await(projection, wanted, left);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw behind();
            }
        }
    }

    private <T> T answered(Supplier<T> query) {
        var answer = snapshot.execute(status -> Optional.of(query.get()));
        return Optional.ofNullable(answer).flatMap(it -> it).orElseThrow();
    }

    private long positionOf(String projection) {
        return jdbc.sql("SELECT min(position) FROM projection_token WHERE projection = ?")
                .param(projection)
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    private static ProblemException behind() {
        return new ProblemException(
                        ProblemType.PROJECTION_BEHIND,
                        "Your change is safe, but this answer does not contain it yet. Ask again in a moment.")
                .header(HttpHeaders.RETRY_AFTER, "1");
    }
}
