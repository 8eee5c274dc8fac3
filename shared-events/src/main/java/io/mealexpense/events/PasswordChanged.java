package io.mealexpense.events;

import java.util.UUID;
import org.axonframework.serialization.Revision;

/**
 * An account has a new password; the password itself is never part of an event.
 *
 * @param accountId which account
 */
@Revision("1")
public record PasswordChanged(UUID accountId) implements AccountEvent {}
