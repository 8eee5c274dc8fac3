package io.mealexpense.events;

import static io.mealexpense.events.ExpenseEvents.ALICE;
import static io.mealexpense.events.ExpenseEvents.IMPORT;
import static org.assertj.core.api.Assertions.assertThat;

import io.mealexpense.events.serialization.EventSerializer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.axonframework.serialization.SimpleSerializedObject;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The name of the file came later, without a new revision; {@code EventContractTest} has an import without one. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ImportAppliedTest {

    private final EventSerializer serializer = EventSerializer.create();
    private final ImportApplied named = new ImportApplied(IMPORT, ALICE, "9f86d081884c7d65", 5, 1, 2, "march.csv");

    @Test
    void a_file_that_had_a_name_is_written_and_read_as_approved() throws IOException {
        String approved;
        try (var file = ImportAppliedTest.class.getResourceAsStream("ImportApplied.r1-named.json")) {
            approved = new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
        }

        assertThat(serializer.serialize(named, String.class).getData()).isEqualTo(approved);
        ImportApplied read = serializer.deserialize(
                new SimpleSerializedObject<>(approved, String.class, serializer.typeForClass(ImportApplied.class)));
        assertThat(read).isEqualTo(named);
    }
}
