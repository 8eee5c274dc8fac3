package io.mealexpense.query.eventstream;

import static io.mealexpense.events.ExpenseEvents.lunchRecorded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mealexpense.events.EventMetadata;
import io.mealexpense.events.MealExpenseDeleted;
import io.mealexpense.events.MealExpenseEvent;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.annotation.MetaDataValue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class HandlersTest {

    private static final class OfContents {

        private final List<String> called = new ArrayList<>();

        @EventHandler
        void on(MealExpenseEvent event, @SequenceNumber long sequence, @Timestamp Instant at, TrackingToken token) {
            called.add("any %d %d".formatted(sequence, token.position().orElseThrow()));
        }

        @EventHandler
        void on(MealExpenseDeleted event) {
            called.add("deleted");
        }
    }

    private static final class OfActors {

        @EventHandler
        void on(MealExpenseEvent event, @MetaDataValue(EventMetadata.ACTOR_ID) @Nullable String actor) {}
    }

    private static final class OfMessages {

        @EventHandler
        void on(MealExpenseEvent event, DomainEventMessage<?> message) {}
    }

    @Test
    void who_takes_metadata_or_whole_messages_is_given_them() {
        assertThat(new Handlers(new OfContents()).needNoMetadata()).isTrue();
        assertThat(new Handlers(new OfActors()).needNoMetadata()).isFalse();
        assertThat(new Handlers(new OfMessages()).needNoMetadata()).isFalse();
    }

    @Test
    void the_most_specific_method_takes_an_event_read_without_metadata_and_nobody_takes_its_absence_for_none()
            throws Exception {
        try (var side = ReadSide.open()) {
            var expense = UUID.randomUUID();
            var owner = UUID.randomUUID();
            side.log.append(lunchRecorded(expense, owner, "12.50", LocalDate.of(2026, 3, 15), null));
            var last = side.log.append(new MealExpenseDeleted(expense, owner, null));

            var projection = new OfContents();
            var handlers = new Handlers(projection);
            for (var stored : side.source.byAggregate(null, last, 10, false)) {
                var event = side.source.readPayload(stored);
                assertThatThrownBy(event::getMetaData).isInstanceOf(IllegalStateException.class);
                assertThatThrownBy(event::getIdentifier).isInstanceOf(NullPointerException.class);
                handlers.handle(event);
            }
            assertThat(projection.called).containsExactly("any 0 %d".formatted(last - 1), "deleted");
            assertThat(side.source
                            .readPayload(side.source
                                    .byAggregate(null, last, 10, true)
                                    .getFirst())
                            .getMetaData())
                    .isNotEmpty();
        }
    }
}
