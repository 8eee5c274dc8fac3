package io.mealexpense.query.eventstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.mealexpense.events.MealExpenseDeleted;
import io.mealexpense.events.StoredEvent;
import io.mealexpense.postgres.Role;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class LogWindowTest {

    private static final int FETCH = 10;

    private ReadSide readSide;
    private LogWindow window;

    @BeforeEach
    void open() {
        readSide = ReadSide.open();
        readSide.head.start();
        window = new LogWindow(readSide.source(FETCH), readSide.head, 2 * FETCH);
    }

    @AfterEach
    void close() throws Exception {
        readSide.close();
    }

    private void append(int count) {
        readSide.log.append(Stream.generate(
                        () -> (StoredEvent) new MealExpenseDeleted(UUID.randomUUID(), UUID.randomUUID(), "not mine"))
                .limit(count)
                .toList());
    }

    private static List<Long> positions(List<TrackedEventMessage<?>> events) {
        return events.stream()
                .map(event -> event.trackingToken().position().orElseThrow())
                .toList();
    }

    private static List<Long> range(long first, long last) {
        return Stream.iterate(first, it -> it <= last, it -> it + 1).toList();
    }

    @Test
    void readers_side_by_side_get_the_same_messages() throws Exception {
        append(15);
        var first = window.after(0);
        assertThat(positions(first)).isEqualTo(range(1, 10));
        assertThat(window.after(0)).isEqualTo(first);
        assertThat(positions(window.after(10))).isEqualTo(range(11, 15));
        assertThat(window.after(3).getFirst()).isSameAs(first.get(3));
        assertThat(window.after(15)).isEmpty();
    }

    @Test
    void a_reader_far_behind_or_ahead_gets_what_it_asks_for() throws Exception {
        append(60);
        for (var position = 0; position < 60; position += FETCH) {
            window.after(position);
        }
        assertThat(positions(window.after(5))).isEqualTo(range(6, 15));
        assertThat(positions(window.after(42))).isEqualTo(range(43, 60));
        append(30);
        assertThat(positions(window.after(75))).isEqualTo(range(76, 85));
        assertThat(positions(window.after(60))).isEqualTo(range(61, 70));
        assertThat(positions(window.after(85))).isEqualTo(range(86, 90));
    }

    @Test
    void what_was_read_of_a_log_that_got_shorter_is_forgotten() throws Exception {
        append(10);
        await().until(() -> readSide.head.position() == 10);
        var forgotten = window.after(0).get(8);
        shortenTo(8);
        await().until(() -> readSide.head.position() == 8);
        append(2);
        var now = window.after(8);
        assertThat(positions(now)).isEqualTo(range(9, 10));
        assertThat(now.getFirst().getIdentifier()).isNotEqualTo(forgotten.getIdentifier());
    }

    @Test
    void events_before_an_unreadable_one_are_handed_out_first() throws Exception {
        append(2);
        sql("ALTER TABLE event_store.domain_event DISABLE TRIGGER USER");
        sql("UPDATE event_store.domain_event SET name = 'TableReserved' WHERE position = 2");
        assertThat(positions(window.after(0))).isEqualTo(range(1, 1));
        assertThatThrownBy(() -> window.after(1)).isInstanceOf(LogBrokenException.class);
        assertThat(positions(window.after(0))).isEqualTo(range(1, 1));
    }

    /** As a copy restored in place would. */
    private void shortenTo(long position) throws SQLException {
        sql("ALTER TABLE event_store.domain_event DISABLE TRIGGER USER");
        sql("DELETE FROM event_store.domain_event WHERE position > " + position);
        sql("UPDATE event_store.head SET position = " + position);
    }

    private void sql(String statement) throws SQLException {
        try (var connection = readSide.database.connect(Role.MIGRATOR);
                var it = connection.createStatement()) {
            it.execute("SET ROLE meals_owner");
            it.execute(statement);
        }
    }
}
