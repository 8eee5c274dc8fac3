package io.mealexpense.command.account;

import io.mealexpense.edge.security.Actor;
import io.mealexpense.edge.security.Role;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** What can be asked of an account. */
public sealed interface AccountCommand {

    AccountId id();

    /**
     * Opens an account; whoever opens one is a member.
     *
     * @param currency ISO 4217 code offered first
     * @param zone IANA time zone
     */
    record RegisterAccount(@TargetAggregateIdentifier AccountId id, String currency, String zone)
            implements AccountCommand {}

    /**
     * Opens the account of whoever set the installation up: an administrator and not a member.
     *
     * @param currency ISO 4217 code offered first
     * @param zone IANA time zone
     */
    record RegisterAdministrator(@TargetAggregateIdentifier AccountId id, String currency, String zone)
            implements AccountCommand {}

    record GrantRole(@TargetAggregateIdentifier AccountId id, Actor actor, Role role) implements AccountCommand {}

    record RevokeRole(@TargetAggregateIdentifier AccountId id, Actor actor, Role role) implements AccountCommand {}

    record DisableAccount(@TargetAggregateIdentifier AccountId id, Actor actor) implements AccountCommand {}

    record EnableAccount(@TargetAggregateIdentifier AccountId id, Actor actor) implements AccountCommand {}

    /**
     * Puts the change on record; the password itself never comes near the log.
     *
     * @param expectedVersion the version for which the new password was prepared in the directory
     */
    record ChangePassword(@TargetAggregateIdentifier AccountId id, Actor actor, long expectedVersion)
            implements AccountCommand {}
}
