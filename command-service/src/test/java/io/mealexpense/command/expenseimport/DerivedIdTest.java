package io.mealexpense.command.expenseimport;

import static org.assertj.core.api.Assertions.assertThat;

import io.mealexpense.events.ExpenseEvents;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class DerivedIdTest {

    @Test
    void it_is_a_uuid_of_version_8() {
        var id = DerivedId.of("row", "a", "b");

        assertThat(id.version()).isEqualTo(8);
        assertThat(id.variant()).isEqualTo(2);
    }

    @Test
    void it_never_changes() {
        assertThat(DerivedId.of("row", ExpenseEvents.ALICE.toString(), "DATE=2026-03-15\u001fAMOUNT=12.5", "1"))
                .isEqualTo(UUID.fromString("0d050f39-43cc-858f-a38a-b8128b4e68a0"));
    }

    @Test
    void parts_are_told_apart() {
        assertThat(DerivedId.of("ab", "c")).isNotEqualTo(DerivedId.of("a", "bc"));
    }
}
