package io.mealexpense.command.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.mealexpense.command.account.AccountCommand.ChangePassword;
import io.mealexpense.command.account.AccountCommand.DisableAccount;
import io.mealexpense.command.account.AccountCommand.EnableAccount;
import io.mealexpense.command.account.AccountCommand.GrantRole;
import io.mealexpense.command.account.AccountCommand.RegisterAccount;
import io.mealexpense.command.account.AccountCommand.RegisterAdministrator;
import io.mealexpense.command.account.AccountCommand.RevokeRole;
import io.mealexpense.command.category.Category;
import io.mealexpense.command.category.DefaultCategories;
import io.mealexpense.edge.security.Actor;
import io.mealexpense.edge.security.Role;
import io.mealexpense.events.AccountDisabled;
import io.mealexpense.events.AccountEnabled;
import io.mealexpense.events.AccountRegistered;
import io.mealexpense.events.CategoryCreated;
import io.mealexpense.events.PasswordChanged;
import io.mealexpense.events.RoleGranted;
import io.mealexpense.events.RoleRevoked;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.messaging.Message;
import org.axonframework.modelling.command.Repository;
import org.axonframework.modelling.command.RepositoryProvider;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class AccountTest {

    private static final AccountId ALICE = new AccountId(UUID.randomUUID());
    private static final Actor HERSELF = actor(ALICE.value(), Role.MEMBER);
    private static final Actor ADMINISTRATOR = actor(UUID.randomUUID(), Role.ADMIN);
    private static final Actor COLLEAGUE = actor(UUID.randomUUID(), Role.MEMBER, Role.AUDITOR);
    private static final AccountRegistered REGISTERED = new AccountRegistered(ALICE.value(), "EUR", "Europe/Amsterdam");
    private static final RoleGranted MADE_ADMINISTRATOR = new RoleGranted(ALICE.value(), "ADMIN");
    private static final AccountDisabled DISABLED = new AccountDisabled(ALICE.value());

    /** The fixture's own store takes the events of one aggregate only. */
    private final EventStore categoryEvents = EmbeddedEventStore.builder()
            .storageEngine(new InMemoryEventStorageEngine())
            .build();

    private final FixtureConfiguration<Account> account = new AggregateTestFixture<>(Account.class)
            .registerRepositoryProvider(new RepositoryProvider() {
                @Override
                @SuppressWarnings("unchecked")
                public <T> Repository<T> repositoryFor(Class<T> type) {
                    assertThat(type).isEqualTo(Category.class);
                    return (Repository<T>) EventSourcingRepository.builder(Category.class)
                            .eventStore(categoryEvents)
                            .build();
                }
            });

    private static Actor actor(UUID account, Role... roles) {
        return new Actor(account, Set.of(roles), UUID.randomUUID(), "api");
    }

    @Test
    void whoever_registers_is_a_member_with_seven_categories() {
        account.givenNoPriorActivity()
                .when(new RegisterAccount(ALICE, "EUR", "Europe/Amsterdam"))
                .expectEvents(REGISTERED);
        assertThatSevenCategoriesExist();
    }

    @Test
    void whoever_sets_up_the_installation_is_an_administrator_and_no_member() {
        account.givenNoPriorActivity()
                .when(new RegisterAdministrator(ALICE, "EUR", "Europe/Amsterdam"))
                .expectEvents(REGISTERED, MADE_ADMINISTRATOR, new RoleRevoked(ALICE.value(), "MEMBER"));
        assertThatSevenCategoriesExist();
    }

    private void assertThatSevenCategoriesExist() {
        assertThat(DefaultCategories.of(ALICE.value())).hasSize(7).allSatisfy(it -> {
            var created = new CategoryCreated(
                    it.id().value(),
                    ALICE.value(),
                    it.look().name(),
                    it.look().colour(),
                    it.look().icon());
            assertThat(categoryEvents.readEvents(it.id().toString()).asStream().<Object>map(Message::getPayload))
                    .containsExactly(created);
        });
    }

    @Test
    void an_administrator_may_give_and_take_roles() {
        account.given(REGISTERED)
                .when(new GrantRole(ALICE, ADMINISTRATOR, Role.AUDITOR))
                .expectEvents(new RoleGranted(ALICE.value(), "AUDITOR"));
        account.given(REGISTERED)
                .when(new RevokeRole(ALICE, ADMINISTRATOR, Role.MEMBER))
                .expectEvents(new RoleRevoked(ALICE.value(), "MEMBER"));
    }

    @Test
    void a_role_is_not_given_twice() {
        account.given(REGISTERED)
                .when(new GrantRole(ALICE, ADMINISTRATOR, Role.MEMBER))
                .expectException(AccountRefused.NothingToChange.class)
                .expectNoEvents();
    }

    @Test
    void a_role_that_is_not_there_is_not_taken() {
        account.given(REGISTERED)
                .when(new RevokeRole(ALICE, ADMINISTRATOR, Role.AUDITOR))
                .expectException(AccountRefused.NothingToChange.class)
                .expectNoEvents();
    }

    @Test
    void nobody_else_gives_roles_not_even_to_themselves() {
        for (var actor : List.of(HERSELF, COLLEAGUE)) {
            account.given(REGISTERED)
                    .when(new GrantRole(ALICE, actor, Role.ADMIN))
                    .expectException(AccountRefused.NotAllowed.class)
                    .expectNoEvents();
        }
    }

    @Test
    void an_administrator_stays_one_until_another_takes_it_away() {
        account.given(REGISTERED, MADE_ADMINISTRATOR)
                .when(new RevokeRole(ALICE, actor(ALICE.value(), Role.ADMIN), Role.ADMIN))
                .expectException(AccountRefused.OwnAdministration.class)
                .expectNoEvents();
        account.given(REGISTERED, MADE_ADMINISTRATOR)
                .when(new RevokeRole(ALICE, ADMINISTRATOR, Role.ADMIN))
                .expectEvents(new RoleRevoked(ALICE.value(), "ADMIN"));
    }

    @Test
    void an_account_is_disabled_and_enabled() {
        account.given(REGISTERED).when(new DisableAccount(ALICE, ADMINISTRATOR)).expectEvents(DISABLED);
        account.given(REGISTERED, DISABLED)
                .when(new EnableAccount(ALICE, ADMINISTRATOR))
                .expectEvents(new AccountEnabled(ALICE.value()));
    }

    @Test
    void a_disabled_account_is_not_disabled_again() {
        account.given(REGISTERED, DISABLED)
                .when(new DisableAccount(ALICE, ADMINISTRATOR))
                .expectException(AccountRefused.NothingToChange.class)
                .expectNoEvents();
    }

    @Test
    void an_administrator_does_not_lock_themselves_out() {
        account.given(REGISTERED, MADE_ADMINISTRATOR)
                .when(new DisableAccount(ALICE, actor(ALICE.value(), Role.ADMIN)))
                .expectException(AccountRefused.OwnAdministration.class)
                .expectNoEvents();
    }

    @Test
    void a_member_disables_nobody() {
        account.given(REGISTERED)
                .when(new DisableAccount(ALICE, COLLEAGUE))
                .expectException(AccountRefused.NotAllowed.class)
                .expectNoEvents();
        account.given(REGISTERED, DISABLED)
                .when(new EnableAccount(ALICE, COLLEAGUE))
                .expectException(AccountRefused.NotAllowed.class)
                .expectNoEvents();
    }

    @Test
    void a_member_changes_the_own_password() {
        account.given(REGISTERED)
                .when(new ChangePassword(ALICE, HERSELF, 0))
                .expectEvents(new PasswordChanged(ALICE.value()));
    }

    @Test
    void nobody_changes_the_password_of_another_not_even_an_administrator() {
        account.given(REGISTERED)
                .when(new ChangePassword(ALICE, ADMINISTRATOR, 0))
                .expectException(AccountRefused.NotAllowed.class)
                .expectNoEvents();
    }

    @Test
    void a_password_prepared_for_another_version_is_refused() {
        account.given(REGISTERED, MADE_ADMINISTRATOR)
                .when(new ChangePassword(ALICE, HERSELF, 0))
                .expectException(AccountRefused.Overtaken.class)
                .expectNoEvents();
    }
}
