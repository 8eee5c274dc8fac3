package io.mealexpense.events;

import java.util.UUID;
import org.axonframework.serialization.Revision;

/**
 * A disabled account may sign in again.
 *
 * @param accountId which account
 */
@Revision("1")
public record AccountEnabled(UUID accountId) implements AccountEvent {}
