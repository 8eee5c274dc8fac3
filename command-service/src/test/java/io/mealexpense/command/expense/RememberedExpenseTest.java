package io.mealexpense.command.expense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.uuid.Generators;
import io.mealexpense.command.CommandServiceApplication;
import io.mealexpense.command.WriteSideOnPostgres;
import io.mealexpense.command.eventstore.Commands;
import io.mealexpense.command.eventstore.RequestContext;
import io.mealexpense.command.expense.MealExpenseCommand.AmendMealExpense;
import io.mealexpense.command.expense.MealExpenseCommand.DeleteMealExpense;
import io.mealexpense.command.expense.MealExpenseCommand.RecordMealExpense;
import io.mealexpense.command.expense.MealExpenseCommand.RestoreMealExpense;
import io.mealexpense.edge.security.Actor;
import io.mealexpense.edge.security.Role;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/** Two command services on one database: what one remembers, the other may have made old. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RememberedExpenseTest extends WriteSideOnPostgres {

    private static @Nullable ConfigurableApplicationContext another;

    @Autowired
    private Commands here;

    @Autowired
    private Environment environment;

    private Commands there;

    private final Actor alice = new Actor(UUID.randomUUID(), Set.of(Role.MEMBER), UUID.randomUUID(), "api");
    private final MealExpenseId lunch =
            new MealExpenseId(Generators.timeBasedEpochGenerator().generate());

    @BeforeEach
    void record_and_remember() {
        if (another == null) {
            var settings = Stream.of(
                            "datasource.url",
                            "datasource.username",
                            "datasource.password",
                            "datasource.pool-size",
                            "migration.username",
                            "migration.password",
                            "master-key")
                    .map(name -> "--meals.command." + name + "=" + environment.getProperty("meals.command." + name));
            another = new SpringApplicationBuilder(CommandServiceApplication.class)
                    .run(Stream.concat(settings, Stream.of("--server.port=0")).toArray(String[]::new));
        }
        there = another.getBean(Commands.class);
        send(here, new RecordMealExpense(lunch, alice, null, Lunches.lunch("12.50")));
    }

    @AfterAll
    static void stop() {
        if (another != null) {
            another.close();
            another = null;
        }
    }

    private long send(Commands service, MealExpenseCommand command) {
        return service.send(lunch.value(), command, RequestContext.of(alice)).version();
    }

    private long amend(Commands service, long seen) {
        return send(service, new AmendMealExpense(lunch, alice, seen, Lunches.lunch("12.50"), null));
    }

    private long delete(Commands service, long seen) {
        return send(service, new DeleteMealExpense(lunch, alice, seen, null));
    }

    private long restore(Commands service, long seen) {
        return send(service, new RestoreMealExpense(lunch, alice, seen, null));
    }

    @Test
    void a_version_made_elsewhere_is_known_here() {
        assertThat(amend(there, 0)).isEqualTo(1);
        assertThat(amend(here, 1)).isEqualTo(2);
        assertThat(amend(there, 2)).isEqualTo(3);
        assertThat(amend(here, 3)).isEqualTo(4);
    }

    @Test
    void a_version_that_was_overtaken_elsewhere_is_refused_with_the_real_one() {
        amend(there, 0);
        amend(there, 1);
        assertThatThrownBy(() -> amend(here, 0))
                .isInstanceOfSatisfying(
                        ExpenseRefused.StaleVersion.class,
                        it -> assertThat(it.version()).isEqualTo(2));
    }

    @Test
    void what_was_deleted_elsewhere_is_deleted_here() {
        delete(there, 0);
        assertThatThrownBy(() -> amend(here, 0)).isInstanceOf(ExpenseRefused.AlreadyDeleted.class);
    }

    @Test
    void what_was_restored_elsewhere_may_be_changed_here() {
        delete(here, 0);
        restore(there, 1);
        assertThat(amend(here, 2)).isEqualTo(3);
    }

    @Test
    void what_was_restored_elsewhere_is_not_restored_again() {
        delete(here, 0);
        restore(there, 1);
        assertThatThrownBy(() -> restore(here, 2)).isInstanceOf(ExpenseRefused.NotDeleted.class);
    }

    @Test
    void whoever_changes_it_at_once_every_acknowledged_change_is_one_event() throws Exception {
        var acknowledged = new ConcurrentLinkedQueue<Long>();
        try (var threads = Executors.newFixedThreadPool(4)) {
            var all = Stream.of(here, there, here, there)
                    .map(service -> threads.submit(() -> {
                        var seen = 0L;
                        for (var i = 0; i < 50; i++) {
                            try {
                                seen = amend(service, seen);
                                acknowledged.add(seen);
                            } catch (ExpenseRefused.StaleVersion stale) {
                                assertThat(stale.version()).isGreaterThan(seen);
                                seen = stale.version();
                            }
                        }
                        return seen;
                    }))
                    .toList();
            for (var one : all) {
                one.get();
            }
        }
        var stored = database.sql("SELECT sequence FROM event_store.domain_event WHERE aggregate_id = ? ORDER BY 1")
                .param(lunch.value())
                .query(Long.class)
                .list();
        assertThat(stored).isEqualTo(LongStream.range(0, stored.size()).boxed().toList());
        assertThat(Stream.concat(Stream.of(0L), acknowledged.stream()).sorted().toList())
                .isEqualTo(stored);
        assertThat(List.copyOf(acknowledged)).hasSizeGreaterThan(50);
    }
}
