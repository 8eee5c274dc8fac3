package io.mealexpense.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mealexpense.command.WriteSideOnPostgres;
import java.util.Map;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpMethod;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@TestPropertySource(properties = "meals.command.committer.queue-capacity=2")
@DisplayNameGeneration(ReplaceUnderscores.class)
class BusyLogTest extends WriteSideOnPostgres {

    @Autowired
    @Qualifier("commandDataSource")
    private DataSource pool;

    @Autowired
    private Committer committer;

    private String token;

    private MvcTestResult record() {
        var lunch = Map.of("spentOn", "2026-03-15", "amount", "12.50", "currency", "EUR", "mealType", "lunch");
        return call(HttpMethod.POST, "/api/v1/expenses", lunch, token);
    }

    private long recorded() {
        return database.sql("SELECT count(*) FROM event_store.domain_event WHERE aggregate_type = 'MealExpense'")
                .query(Long.class)
                .single();
    }

    private boolean anAppendWaits() {
        return database.sql("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                                + " AND datname = current_database()")
                        .query(Long.class)
                        .single()
                > 0;
    }

    @Test
    void one_more_than_may_wait_is_asked_to_come_again_and_is_not_recorded() throws Exception {
        var email = newEmail();
        register(email);
        token = signIn(email).access();
        try (var threads = Executors.newFixedThreadPool(3);
                var head = pool.getConnection()) {
            head.setAutoCommit(false);
            head.createStatement().execute("SELECT 1 FROM event_store.head FOR UPDATE");
            var first = threads.submit(this::record);
            await().until(this::anAppendWaits);
            var second = threads.submit(this::record);
            var third = threads.submit(this::record);
            await().until(() -> committer.waiting() == 2);

            var refused = record();

            assertProblem(refused, 503, "busy");
            assertThat(refused).hasHeader("Retry-After", "1");
            assertThat(read(refused, "$.detail")).startsWith("Nothing was recorded");
            head.rollback();
            head.setAutoCommit(true);
            assertThat(first.get()).hasStatus(201);
            assertThat(second.get()).hasStatus(201);
            assertThat(third.get()).hasStatus(201);
        }
        assertThat(recorded()).isEqualTo(3);
        assertThat(record()).hasStatus(201);
    }

    /** What a process that stops anywhere could keep locked, the server lets go of soon. */
    @Test
    void the_sessions_of_the_write_side_are_cut_off_when_they_stall() {
        for (var limit : new String[] {
            "statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout", "transaction_timeout"
        }) {
            assertThat(database.sql("SELECT setting::bigint FROM pg_settings WHERE name = ?")
                            .param(limit)
                            .query(Long.class)
                            .single())
                    .as("%s in ms", limit)
                    .isBetween(1L, 20_000L);
        }
    }
}
