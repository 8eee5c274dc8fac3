package io.mealexpense.benchmarks.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.mealexpense.events.serialization.EventSerializer;
import io.mealexpense.events.upcasting.EventReader;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EventGeneratorTest {

    private static final long SEED = 42;

    private static List<GeneratedEvent> history(int events) {
        var history = new ArrayList<GeneratedEvent>();
        new EventGenerator(SEED, 100, events).generate(history::add);
        return history;
    }

    private static String hash(long seed) throws NoSuchAlgorithmException {
        var digest = MessageDigest.getInstance("SHA-256");
        LogLoader.write(new EventGenerator(seed, 100, 30_000), digest::update);
        return HexFormat.of().formatHex(digest.digest());
    }

    @Test
    void the_same_seed_makes_the_same_bytes() throws NoSuchAlgorithmException {
        assertThat(hash(SEED))
                .isEqualTo(hash(SEED))
                .isEqualTo("dd149204997ba09333a69097ca546cbd4b691d7e680ef8269a822a9302c55fad");
    }

    @Test
    void another_seed_makes_another_history() throws NoSuchAlgorithmException {
        assertThat(hash(1)).isNotEqualTo(hash(SEED));
    }

    @Test
    void it_is_a_log_that_the_product_could_have_written() {
        var reader = EventReader.create();
        var serializer = EventSerializer.create();
        var sequences = new HashMap<UUID, Long>();
        var at = Instant.EPOCH;
        var history = history(30_000);
        assertThat(history)
                .extracting(GeneratedEvent::position)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, history.size()).boxed().toList());
        for (var event : history) {
            assertThat(event.sequence())
                    .isEqualTo(sequences.merge(event.aggregateId(), 0L, (before, zero) -> before + 1));
            assertThat(event.recordedAt()).isAfterOrEqualTo(at);
            at = event.recordedAt();
            var read = reader.read(event.name(), event.revision(), event.payload());
            assertThat(serializer.serialize(read, String.class).getData()).isEqualTo(event.payload());
        }
    }

    @Test
    void it_has_three_events_per_expense_and_every_kind_of_change() {
        var history = history(30_000);
        var kinds = history.stream()
                .filter(event -> event.aggregateType().equals("MealExpense"))
                .collect(Collectors.groupingBy(GeneratedEvent::name, Collectors.counting()));
        var all = kinds.values().stream().mapToLong(it -> it).sum();
        assertThat((double) all / kinds.get("MealExpenseRecorded")).isBetween(2.9, 3.1);
        assertThat(kinds)
                .containsOnlyKeys(
                        "MealExpenseRecorded", "MealExpenseAmended", "MealExpenseDeleted", "MealExpenseRestored");
        assertThat(kinds.get("MealExpenseDeleted")).isGreaterThan(500);
        assertThat(kinds.get("MealExpenseRestored")).isGreaterThan(500);
    }

    @Test
    void the_accounts_are_those_of_the_history() {
        var accounts = history(30_000).stream()
                .filter(event -> event.aggregateType().equals("Account"))
                .map(GeneratedEvent::aggregateId)
                .toList();
        assertThat(EventGenerator.accounts(SEED, 100, 30_000)).isEqualTo(accounts);
    }

    @Test
    void an_account_begins_with_seven_categories() {
        var first = history(1_000).getFirst().aggregateId();
        assertThat(history(1_000).subList(1, 8))
                .extracting(GeneratedEvent::aggregateId)
                .containsExactlyElementsOf(EventGenerator.categoriesOf(first));
    }
}
