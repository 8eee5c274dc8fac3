package io.mealexpense.query.imports;

import static io.mealexpense.events.ExpenseEvents.ALICE;
import static io.mealexpense.events.ExpenseEvents.IMPORT;
import static io.mealexpense.events.ExpenseEvents.lunchRecorded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mealexpense.edge.problem.ProblemException;
import io.mealexpense.events.ImportApplied;
import io.mealexpense.events.ImportUndone;
import io.mealexpense.events.MealExpenseDeleted;
import io.mealexpense.events.MealExpenseRecorded;
import io.mealexpense.events.StoredEvent;
import io.mealexpense.query.eventstream.ReadSide;
import io.mealexpense.query.imports.Imports.Import;
import io.mealexpense.query.imports.Imports.State;
import io.mealexpense.query.readmodel.AtLeast;
import io.mealexpense.query.readmodel.Total;
import io.mealexpense.query.web.Owners;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ImportsTest {

    private static final UUID BOB = UUID.fromString("0199a000-0000-7000-8000-00000000000b");
    private static final UUID OTHER = UUID.fromString("0199a000-0000-7000-8000-0000000000f2");

    private ReadSide readSide;
    private ImportsProjection projection;
    private ImportQueries queries;

    @BeforeEach
    void open() {
        readSide = ReadSide.open();
        projection = new ImportsProjection(readSide.jdbc);
        queries = new ImportQueries(readSide.jdbc, readSide.reads);
    }

    @AfterEach
    void close() throws InterruptedException {
        readSide.close();
    }

    private static MealExpenseRecorded brought(UUID importId, UUID owner, String amount) {
        var plain = lunchRecorded(UUID.randomUUID(), owner, amount, LocalDate.of(2026, 3, 15), null);
        return new MealExpenseRecorded(
                plain.mealExpenseId(),
                owner,
                importId,
                plain.spentOn(),
                null,
                null,
                plain.amount(),
                plain.currency(),
                null,
                null,
                plain.mealType(),
                null,
                null,
                null,
                null,
                plain.place(),
                List.of(),
                null,
                List.of(),
                null);
    }

    private static ImportApplied applied(int recorded, int same, int refused) {
        return new ImportApplied(IMPORT, ALICE, "9f86", recorded, same, refused, "march.csv");
    }

    private void happened(StoredEvent... events) {
        readSide.log.append(events);
        readSide.project(projection);
    }

    private Imports page(@Nullable UUID owner, @Nullable String cursor, int limit) {
        return queries.list(new Owners(Optional.ofNullable(owner)), cursor, limit, AtLeast.ANYTHING);
    }

    private List<Import> of(UUID owner) {
        return page(owner, null, 20).items();
    }

    private static String told(Import it) {
        return "%s %s: %d recorded, %d same, %d refused, %s deleted, %s kept, version %s"
                .formatted(
                        it.state(),
                        it.fileName(),
                        it.recorded(),
                        it.same(),
                        it.refused(),
                        it.deleted(),
                        it.kept(),
                        it.version());
    }

    @Test
    void an_import_is_told_with_what_it_brought() {
        happened(brought(IMPORT, ALICE, "12.50"), brought(IMPORT, ALICE, "-3"), lunchRecorded("99"), applied(2, 1, 3));

        assertThat(of(ALICE))
                .singleElement()
                .extracting(ImportsTest::told)
                .isEqualTo("APPLIED march.csv: 2 recorded, 1 same, 3 refused, null deleted, null kept, version 0");
        assertThat(of(ALICE).getFirst().totals()).containsExactly(new Total("EUR", "9.50", 2));
        assertThat(of(BOB)).isEmpty();
    }

    @Test
    void one_that_was_cut_short_is_told_by_what_it_recorded() {
        happened(brought(IMPORT, ALICE, "12.50"));

        assertThat(of(ALICE))
                .singleElement()
                .extracting(ImportsTest::told)
                .isEqualTo("UNFINISHED null: 1 recorded, 0 same, 0 refused, null deleted, null kept, version null");
    }

    @Test
    void undoing_is_told_and_changes_nothing_of_what_it_brought() {
        var lunch = brought(IMPORT, ALICE, "12.50");
        happened(
                lunch,
                brought(IMPORT, ALICE, "3"),
                applied(2, 0, 0),
                new MealExpenseDeleted(lunch.mealExpenseId(), ALICE, "Import undone"),
                new ImportUndone(IMPORT, ALICE, 1, 1, 0, null));

        assertThat(of(ALICE))
                .singleElement()
                .extracting(ImportsTest::told)
                .isEqualTo("UNDONE march.csv: 2 recorded, 0 same, 0 refused, 1 deleted, 1 kept, version 1");
    }

    @Test
    void reading_the_file_again_leaves_it_undone_unless_it_brought_something() {
        happened(brought(IMPORT, ALICE, "3"), applied(1, 0, 0), new ImportUndone(IMPORT, ALICE, 1, 0, 0, null));
        happened(applied(0, 1, 0));
        assertThat(of(ALICE).getFirst().state()).isEqualTo(State.UNDONE);

        happened(brought(IMPORT, ALICE, "4"), applied(1, 1, 0));
        assertThat(of(ALICE).getFirst().state()).isEqualTo(State.APPLIED);
        assertThat(of(ALICE).getFirst().recorded()).isEqualTo(2);
    }

    @Test
    void events_delivered_twice_count_once() {
        happened(brought(IMPORT, ALICE, "3"), applied(1, 0, 0), new ImportUndone(IMPORT, ALICE, 1, 0, 0, null));
        readSide.projectAgain(projection, 0);

        assertThat(of(ALICE))
                .singleElement()
                .extracting(ImportsTest::told)
                .isEqualTo("UNDONE march.csv: 1 recorded, 0 same, 0 refused, 1 deleted, 0 kept, version 1");
    }

    @Test
    void an_auditor_sees_everybodys_page_by_page_newest_first() {
        for (var i = 0; i < 5; i++) {
            happened(brought(new UUID(7, i), i % 2 == 0 ? ALICE : BOB, "3"));
        }
        happened(new ImportApplied(OTHER, BOB, "9f86", 0, 1, 0, null));

        var seen = new ArrayList<UUID>();
        String cursor = null;
        do {
            var page = page(null, cursor, 2);
            page.items().forEach(it -> seen.add(it.id()));
            cursor = page.nextCursor();
        } while (cursor != null);

        assertThat(seen)
                .containsExactly(OTHER, new UUID(7, 4), new UUID(7, 3), new UUID(7, 2), new UUID(7, 1), new UUID(7, 0));
        assertThatThrownBy(() -> page(ALICE, page(null, null, 2).nextCursor(), 2))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("belongs to another filter");
    }
}
