package io.mealexpense.events;

import java.util.UUID;
import org.axonframework.serialization.Revision;

/**
 * Somebody opened an account.
 *
 * @param accountId which account
 * @param currency ISO 4217 code offered first when an expense is entered
 * @param zone IANA time zone of the owner
 */
@Revision("1")
public record AccountRegistered(UUID accountId, String currency, String zone) implements AccountEvent {}
