package io.mealexpense.command.expenseimport;

import static io.mealexpense.events.ExpenseEvents.ALICE;

import io.mealexpense.command.expenseimport.ExpenseImportCommand.ApplyImport;
import io.mealexpense.edge.security.Actor;
import io.mealexpense.edge.security.Role;
import io.mealexpense.events.ImportApplied;
import java.util.Set;
import java.util.UUID;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ExpenseImportTest {

    private static final Actor MEMBER = new Actor(ALICE, Set.of(Role.MEMBER), UUID.randomUUID(), "api");
    private static final ImportId FILE = ImportId.of(ALICE, "9f86d081");

    private final AggregateTestFixture<ExpenseImport> expenseImport = new AggregateTestFixture<>(ExpenseImport.class);

    private static ApplyImport apply(int recorded, int same, int refused) {
        return new ApplyImport(FILE, MEMBER, "9f86d081", recorded, same, refused);
    }

    private static ImportApplied applied(int recorded, int same, int refused) {
        return new ImportApplied(FILE.value(), ALICE, "9f86d081", recorded, same, refused);
    }

    @Test
    void a_file_is_read() {
        expenseImport.givenNoPriorActivity().when(apply(5, 0, 1)).expectEvents(applied(5, 0, 1));
    }

    @Test
    void the_same_file_again_is_the_same_import_and_told_again() {
        expenseImport.given(applied(5, 0, 1)).when(apply(0, 5, 1)).expectEvents(applied(0, 5, 1));
    }
}
