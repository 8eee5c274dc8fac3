package io.mealexpense.events;

import java.util.UUID;
import org.axonframework.serialization.Revision;

/**
 * An account was given a role.
 *
 * @param accountId whose role
 * @param role {@code MEMBER}, {@code AUDITOR} or {@code ADMIN}
 */
@Revision("1")
public record RoleGranted(UUID accountId, String role) implements AccountEvent {}
