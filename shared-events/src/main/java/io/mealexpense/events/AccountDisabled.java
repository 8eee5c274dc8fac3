package io.mealexpense.events;

import java.util.UUID;
import org.axonframework.serialization.Revision;

/**
 * An account may no longer sign in.
 *
 * @param accountId which account
 */
@Revision("1")
public record AccountDisabled(UUID accountId) implements AccountEvent {}
