package io.mealexpense.events;

import static io.mealexpense.events.ExpenseEvents.ALICE;
import static io.mealexpense.events.ExpenseEvents.IMPORT;
import static io.mealexpense.events.ExpenseEvents.REBUILD;
import static org.assertj.core.api.Assertions.assertThat;

import io.mealexpense.events.serialization.EventSerializer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;
import org.axonframework.serialization.SimpleSerializedObject;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What came into an event later, without a new revision; {@code EventContractTest} has the event without it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OptionalComponentTest {

    private final EventSerializer serializer = EventSerializer.create();

    static Stream<Arguments> events() {
        return Stream.of(
                Arguments.of(
                        new ImportApplied(IMPORT, ALICE, "9f86d081884c7d65", 5, 1, 2, "march.csv"),
                        "ImportApplied.r1-named.json"),
                Arguments.of(
                        new ProjectionRebuildSwapped(REBUILD, "The live one is the wrong one", 4711L),
                        "ProjectionRebuildSwapped.r1-compared.json"));
    }

    @ParameterizedTest
    @MethodSource("events")
    void an_event_that_has_it_is_written_and_read_as_approved(StoredEvent event, String file) throws IOException {
        var approved = approved(file);

        assertThat(serializer.serialize(event, String.class).getData()).isEqualTo(approved);
        StoredEvent read = serializer.deserialize(
                new SimpleSerializedObject<>(approved, String.class, serializer.typeForClass(event.getClass())));
        assertThat(read).isEqualTo(event);
    }

    private static String approved(String name) throws IOException {
        try (var file = Objects.requireNonNull(OptionalComponentTest.class.getResourceAsStream(name), name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}
