package io.mealexpense.merkle.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class EventLeafTest {

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static LoggedEvent event(byte @Nullable [] commandId, String name, String revision, String payload) {
        return new LoggedEvent(
                42,
                text("MealExpense"),
                UUID.fromString("018f2c3e-0000-7000-8000-000000000001"),
                3,
                UUID.fromString("018f2c3e-0000-7000-8000-0000000000ff"),
                text(name),
                text(revision),
                1_767_225_600_123_456L,
                commandId,
                text(payload),
                text("{\"actorId\":\"system\"}"));
    }

    private static LoggedEvent amended() {
        return event(null, "MealExpenseAmended", "1", "{\"amount\": \"12.50\",  \"place\":\"Café\"}");
    }

    /** Computed by a program of another language from the description of a leaf. */
    @Test
    void a_leaf_is_what_it_has_been_since_the_first_one() {
        var leaf = new EventLeaf().take(amended());
        assertThat(HexFormat.of().formatHex(leaf.hash()))
                .isEqualTo("b8a681050684eb16cdcb92567e5acbeb06a158d976a87feb7d2c511b4122c8d8");
        var fingerprints = new byte[EventLeaf.FINGERPRINTS];
        leaf.fingerprints(fingerprints, 0);
        assertThat(HexFormat.of().formatHex(fingerprints))
                .isEqualTo("cdc83b368ea6a8957b24d038b4fd336850c93a5d1c002df4f16ba6fa3637f0ac6e340b9c3a0fef9bb7ebc89b");
        assertThat(amended().recordedAtInstant()).isEqualTo(Instant.parse("2026-01-01T00:00:00.123456Z"));
    }

    @Test
    void bytes_cannot_move_from_one_column_to_the_next() {
        var leaf = new EventLeaf();
        var hash = leaf.take(event(null, "Amended", "12", "{}")).hash();
        assertThat(leaf.take(event(null, "Amended1", "2", "{}")).hash()).isNotEqualTo(hash);
        assertThat(leaf.take(event(new byte[0], "Amended", "12", "{}")).hash())
                .as("empty is not absent")
                .isNotEqualTo(hash);
        assertThat(leaf.take(event(null, "Amended", "12", "{ }")).hash())
                .as("the bytes count, not what they mean")
                .isNotEqualTo(hash);
    }

    @Test
    void every_changed_column_is_named_and_changes_the_leaf() {
        var seed = new Random().nextLong();
        System.out.println("EventLeafTest seed " + seed);
        var random = new Random(seed);
        var leaf = new EventLeaf();
        for (var round = 0; round < 2_000; round++) {
            var encoded = event(text("key"), "MealExpenseRecorded", "1", "{\"n\":" + random.nextInt() + "}")
                    .encoded();
            var original = LoggedEvent.decoded(encoded);
            var hash = leaf.take(original).hash();
            var fingerprints = new byte[EventLeaf.FINGERPRINTS];
            leaf.fingerprints(fingerprints, 0);

            var field = EventField.values()[random.nextInt(EventField.values().length)];
            var changed = LoggedEvent.decoded(encoded);
            var at = 1;
            for (var before : EventField.values()) {
                at += Integer.BYTES;
                var bytes = original.bytes(before);
                if (before == field) {
                    var touched = encoded.clone();
                    touched[at + random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                    changed = LoggedEvent.decoded(touched);
                    break;
                }
                at += bytes.length;
            }
            assertThat(leaf.take(changed).hash()).as("seed %d", seed).isNotEqualTo(hash);
            assertThat(leaf.differing(fingerprints, 0)).as("seed %d", seed).isEqualTo(Set.of(field));
        }
    }

    @Test
    void an_event_is_read_as_it_is_written() {
        for (var event : new LoggedEvent[] {amended(), event(text("key-1"), "", "", "{}")}) {
            var read = LoggedEvent.decoded(event.encoded());
            for (var field : EventField.values()) {
                assertThat(read.bytes(field)).as(field.column()).isEqualTo(event.bytes(field));
            }
        }
        var encoded = amended().encoded();
        for (var length = 0; length < encoded.length; length++) {
            var cut = Arrays.copyOf(encoded, length);
            assertThatIllegalArgumentException().isThrownBy(() -> LoggedEvent.decoded(cut));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LoggedEvent.decoded(Arrays.copyOf(encoded, encoded.length + 1)));
    }
}
