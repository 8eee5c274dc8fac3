package io.mealexpense.command.account;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;
import static org.axonframework.modelling.command.AggregateLifecycle.createNew;
import static org.axonframework.modelling.command.AggregateLifecycle.getVersion;

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
import io.mealexpense.events.PasswordChanged;
import io.mealexpense.events.RoleGranted;
import io.mealexpense.events.RoleRevoked;
import java.util.EnumSet;
import java.util.Set;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.spring.stereotype.Aggregate;

/** Somebody who uses the product, and what they may do. */
@Aggregate
public class Account {

    @AggregateIdentifier
    private AccountId id;

    private final Set<Role> roles = EnumSet.noneOf(Role.class);
    private boolean disabled;

    /** For Axon, which fills it from its events. */
    Account() {}

    @CommandHandler
    Account(RegisterAccount command) {
        apply(new AccountRegistered(command.id().value(), command.currency(), command.zone()))
                .andThen(() -> createCategories(command.id()));
    }

    @CommandHandler
    Account(RegisterAdministrator command) {
        var account = command.id().value();
        apply(new AccountRegistered(account, command.currency(), command.zone()))
                .andThenApply(() -> new RoleGranted(account, Role.ADMIN.name()))
                .andThenApply(() -> new RoleRevoked(account, Role.MEMBER.name()))
                .andThen(() -> createCategories(command.id()));
    }

    /** In the same unit of work, so that the log takes them together with the account or not at all. */
    private static void createCategories(AccountId id) {
        for (var category : DefaultCategories.of(id.value())) {
            try {
                createNew(Category.class, () -> new Category(category));
            } catch (RuntimeException failure) {
                throw failure;
            } catch (Exception impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    @CommandHandler
    void handle(GrantRole command) {
        requireAdministrator(command.actor());
        requireChange(!roles.contains(command.role()));
        apply(new RoleGranted(id.value(), command.role().name()));
    }

    @CommandHandler
    void handle(RevokeRole command) {
        requireAdministrator(command.actor());
        if (command.role() == Role.ADMIN && isOwn(command.actor())) {
            throw AccountRefused.ownRole(Role.ADMIN);
        }
        requireChange(roles.contains(command.role()));
        apply(new RoleRevoked(id.value(), command.role().name()));
    }

    @CommandHandler
    void handle(DisableAccount command) {
        requireAdministrator(command.actor());
        if (isOwn(command.actor())) {
            throw new AccountRefused.OwnAdministration("disable");
        }
        requireChange(!disabled);
        apply(new AccountDisabled(id.value()));
    }

    @CommandHandler
    void handle(EnableAccount command) {
        requireAdministrator(command.actor());
        requireChange(disabled);
        apply(new AccountEnabled(id.value()));
    }

    @CommandHandler
    void handle(ChangePassword command) {
        if (!isOwn(command.actor()) || disabled) {
            throw new AccountRefused.NotAllowed();
        }
        if (command.expectedVersion() != getVersion()) {
            throw new AccountRefused.Overtaken();
        }
        apply(new PasswordChanged(id.value()));
    }

    private static void requireAdministrator(Actor actor) {
        if (!actor.has(Role.ADMIN)) {
            throw new AccountRefused.NotAllowed();
        }
    }

    private static void requireChange(boolean changes) {
        if (!changes) {
            throw new AccountRefused.NothingToChange();
        }
    }

    private boolean isOwn(Actor actor) {
        return actor.accountId().equals(id.value());
    }

    @EventSourcingHandler
    void on(AccountRegistered event) {
        id = new AccountId(event.accountId());
        roles.add(Role.MEMBER);
    }

    @EventSourcingHandler
    void on(RoleGranted event) {
        roles.add(Role.valueOf(event.role()));
    }

    @EventSourcingHandler
    void on(RoleRevoked event) {
        roles.remove(Role.valueOf(event.role()));
    }

    @EventSourcingHandler
    void on(AccountDisabled event) {
        disabled = true;
    }

    @EventSourcingHandler
    void on(AccountEnabled event) {
        disabled = false;
    }
}
