package io.mealexpense.command.account;

import io.mealexpense.edge.security.Role;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * An account as the directory knows it, without its secrets.
 *
 * @param version sequence of the account's last event
 */
public record AccountView(
        UUID id,
        String email,
        String displayName,
        Set<Role> roles,
        AccountStatus status,
        String currency,
        String zone,
        Instant registeredAt,
        long version) {}
