package io.mealexpense.command.category;

import static org.assertj.core.api.Assertions.assertThat;

import io.mealexpense.command.category.CategoryCommand.AmendCategory;
import io.mealexpense.command.category.CategoryCommand.ArchiveCategory;
import io.mealexpense.command.category.CategoryCommand.CreateCategory;
import io.mealexpense.edge.security.Actor;
import io.mealexpense.edge.security.Role;
import io.mealexpense.events.CategoryAmended;
import io.mealexpense.events.CategoryArchived;
import io.mealexpense.events.CategoryCreated;
import io.mealexpense.events.ExpenseEvents;
import java.util.Set;
import java.util.UUID;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CategoryTest {

    private static final CategoryId DRINKS = new CategoryId(ExpenseEvents.LUNCHES);
    private static final Actor ALICE = new Actor(ExpenseEvents.ALICE, Set.of(Role.MEMBER), UUID.randomUUID(), "api");
    private static final Actor BOB = new Actor(UUID.randomUUID(), Set.of(Role.MEMBER), UUID.randomUUID(), "api");
    private static final CategoryLook BLUE = new CategoryLook("Drinks", "#0E7490", "glass");
    private static final CategoryLook RED = new CategoryLook("Cocktails", "#C2410C", "glass");
    private static final CategoryCreated CREATED =
            new CategoryCreated(DRINKS.value(), ALICE.accountId(), "Drinks", "#0E7490", "glass");
    private static final CategoryArchived ARCHIVED = new CategoryArchived(DRINKS.value(), ALICE.accountId());

    private final AggregateTestFixture<Category> category = new AggregateTestFixture<>(Category.class);

    @Test
    void a_category_is_created() {
        category.givenNoPriorActivity()
                .when(new CreateCategory(DRINKS, ALICE.accountId(), BLUE))
                .expectEvents(CREATED);
    }

    @Test
    void it_is_renamed_and_recoloured() {
        category.given(CREATED)
                .when(new AmendCategory(DRINKS, ALICE, 0, RED))
                .expectEvents(new CategoryAmended(DRINKS.value(), ALICE.accountId(), "Cocktails", "#C2410C", "glass"));
    }

    @Test
    void it_is_archived_once() {
        category.given(CREATED).when(new ArchiveCategory(DRINKS, ALICE, 0)).expectEvents(ARCHIVED);
    }

    @Test
    void an_archived_one_changes_no_more() {
        category.given(CREATED, ARCHIVED)
                .when(new AmendCategory(DRINKS, ALICE, 1, RED))
                .expectException(CategoryRefused.Archived.class)
                .expectNoEvents();
    }

    @Test
    void a_stranger_may_not_touch_it() {
        category.given(CREATED)
                .when(new ArchiveCategory(DRINKS, BOB, 0))
                .expectException(CategoryRefused.NotYours.class)
                .expectNoEvents();
    }

    @Test
    void a_stale_version_is_refused() {
        category.given(CREATED)
                .when(new ArchiveCategory(DRINKS, ALICE, 7))
                .expectException(CategoryRefused.StaleVersion.class)
                .expectNoEvents();
    }

    @Test
    void a_new_account_starts_with_seven_of_its_own() {
        var defaults = DefaultCategories.of(ALICE.accountId());

        assertThat(defaults)
                .extracting(created -> created.look().name())
                .containsExactly(
                        "Restaurants",
                        "Groceries",
                        "Drinks",
                        "Fast Food",
                        "Entertainment",
                        "Snacks & Vending",
                        "Other");
        assertThat(defaults)
                .allSatisfy(created ->
                        assertThat(CategoryIcons.NAMES).contains(created.look().icon()))
                .extracting(CreateCategory::id)
                .doesNotHaveDuplicates()
                .doesNotContainAnyElementsOf(DefaultCategories.of(BOB.accountId()).stream()
                        .map(CreateCategory::id)
                        .toList());
    }
}
