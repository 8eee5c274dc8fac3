package io.mealexpense.events;

import java.util.UUID;

/** What can happen to an account; names, e-mail addresses and secrets live in the directory, never here. */
public sealed interface AccountEvent extends StoredEvent
        permits AccountRegistered, RoleGranted, RoleRevoked, AccountDisabled, AccountEnabled, PasswordChanged {

    UUID accountId();
}
