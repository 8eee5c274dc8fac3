package io.mealexpense.events;

import java.util.UUID;
import org.axonframework.serialization.Revision;

/**
 * A role was taken from an account.
 *
 * @param accountId whose role
 * @param role {@code MEMBER}, {@code AUDITOR} or {@code ADMIN}
 */
@Revision("1")
public record RoleRevoked(UUID accountId, String role) implements AccountEvent {}
