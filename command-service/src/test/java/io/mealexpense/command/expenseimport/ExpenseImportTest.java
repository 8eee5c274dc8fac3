package io.mealexpense.command.expenseimport;

import static io.mealexpense.events.ExpenseEvents.ALICE;

import io.mealexpense.command.expenseimport.ExpenseImportCommand.ApplyImport;
import io.mealexpense.command.expenseimport.ExpenseImportCommand.UndoImport;
import io.mealexpense.edge.security.Actor;
import io.mealexpense.edge.security.Role;
import io.mealexpense.events.ImportApplied;
import io.mealexpense.events.ImportUndone;
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
        return new ApplyImport(FILE, MEMBER, "9f86d081", recorded, same, refused, "march.csv");
    }

    private static ImportApplied applied(int recorded, int same, int refused) {
        return new ImportApplied(FILE.value(), ALICE, "9f86d081", recorded, same, refused, "march.csv");
    }

    @Test
    void a_file_is_read() {
        expenseImport.givenNoPriorActivity().when(apply(5, 0, 1)).expectEvents(applied(5, 0, 1));
    }

    @Test
    void the_same_file_again_is_the_same_import_and_told_again() {
        expenseImport.given(applied(5, 0, 1)).when(apply(0, 5, 1)).expectEvents(applied(0, 5, 1));
    }

    private static UndoImport undo(int undoings, int deleted, int kept, int gone) {
        return new UndoImport(FILE, MEMBER, undoings, deleted, kept, gone, "Wrong file");
    }

    private static ImportUndone undone(int deleted, int kept, int gone) {
        return new ImportUndone(FILE.value(), ALICE, deleted, kept, gone, "Wrong file");
    }

    @Test
    void an_import_is_undone() {
        expenseImport.given(applied(5, 0, 1)).when(undo(0, 3, 1, 1)).expectEvents(undone(3, 1, 1));
    }

    @Test
    void so_is_one_that_was_cut_short_before_its_end() {
        expenseImport.givenNoPriorActivity().when(undo(0, 3, 0, 0)).expectEvents(undone(3, 0, 0));
    }

    @Test
    void an_undone_import_is_undone_again_only_if_something_of_it_is_left_to_delete() {
        expenseImport
                .given(applied(5, 0, 0), undone(4, 1, 0))
                .when(undo(1, 0, 1, 4))
                .expectException(ImportRefused.AlreadyUndone.class)
                .expectNoEvents();
        expenseImport
                .given(applied(5, 0, 0), undone(4, 1, 0))
                .when(undo(1, 1, 0, 4))
                .expectEvents(undone(1, 0, 4));
    }

    @Test
    void reading_the_file_again_undoes_no_undoing_unless_it_records_something() {
        expenseImport
                .given(applied(5, 0, 0), undone(5, 0, 0), applied(0, 5, 0))
                .when(undo(1, 0, 0, 5))
                .expectException(ImportRefused.AlreadyUndone.class);
    }

    @Test
    void of_two_servers_that_undo_it_together_one_says_so() {
        expenseImport
                .given(applied(5, 0, 0), undone(5, 0, 0))
                .when(undo(0, 5, 0, 0))
                .expectException(ImportRefused.AlreadyUndone.class)
                .expectNoEvents();
    }

    @Test
    void nothing_that_is_left_is_nothing_to_undo() {
        expenseImport
                .given(applied(0, 5, 0))
                .when(undo(0, 0, 0, 0))
                .expectException(ImportRefused.NothingToUndo.class)
                .expectNoEvents();
        expenseImport.given(applied(1, 0, 0)).when(undo(0, 0, 1, 0)).expectException(ImportRefused.NothingToUndo.class);
    }

    @Test
    void nobody_else_may_undo_it() {
        var bob = new Actor(UUID.randomUUID(), Set.of(Role.MEMBER), UUID.randomUUID(), "api");

        expenseImport
                .given(applied(5, 0, 0))
                .when(new UndoImport(FILE, bob, 0, 5, 0, 0, null))
                .expectException(ImportRefused.NotYours.class)
                .expectNoEvents();
    }
}
