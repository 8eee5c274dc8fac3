package io.mealexpense.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mealexpense.events.serialization.EventSerializer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.SimpleSerializedObject;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What others rely on has not moved: every event against its approved file, in both directions. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class EventContractTest {

    private final EventSerializer serializer = EventSerializer.create();

    static Stream<StoredEvent> oneOfEach() {
        return ExpenseEvents.oneOfEach().stream();
    }

    @ParameterizedTest
    @MethodSource("oneOfEach")
    void an_event_is_written_as_approved(StoredEvent event) {
        var stored = serializer.serialize(event, String.class);

        assertThat(stored.getType().getName()).isEqualTo(event.getClass().getSimpleName());
        assertThat(stored.getData()).isEqualTo(approved(event, stored.getType().getRevision()));
    }

    @ParameterizedTest
    @MethodSource("oneOfEach")
    void an_approved_file_is_read_as_the_event(StoredEvent event) {
        var type = serializer.typeForClass(event.getClass());

        StoredEvent read = serializer.deserialize(
                new SimpleSerializedObject<>(approved(event, type.getRevision()), String.class, type));

        assertThat(read).isEqualTo(event);
    }

    @Test
    void the_catalogue_and_the_examples_name_the_same_events() {
        assertThat(oneOfEach().map(Object::getClass))
                .containsExactlyInAnyOrderElementsOf(EventCatalogue.types().toList());
    }

    @Test
    void a_name_outside_the_catalogue_is_refused() {
        var stranger = new SimpleSerializedObject<>("{}", String.class, "java.util.HashMap", null);

        assertThatThrownBy(() -> serializer.deserialize(stranger))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("java.util.HashMap");
    }

    @Test
    void an_unknown_component_is_refused_rather_than_forgotten() {
        var strange = new SimpleSerializedObject<>(
                "{\"accountId\":\"" + ExpenseEvents.ALICE + "\",\"mood\":\"good\"}",
                String.class,
                "AccountEnabled",
                "1");

        assertThatThrownBy(() -> serializer.deserialize(strange)).isInstanceOf(SerializationException.class);
    }

    private static String approved(StoredEvent event, String revision) {
        var name = "%s.r%s.json".formatted(event.getClass().getSimpleName(), revision);
        try (var file = EventContractTest.class.getResourceAsStream(name)) {
            assertThat(file).as("approved file %s", name).isNotNull();
            return new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
