package io.mealexpense.edge.security;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, as the verified token says, and how; nothing deeper sees a token.
 *
 * @param accountId whose account
 * @param roles what the account may do
 * @param sessionId the sign-in the token belongs to
 * @param client kind of client: {@code web} (cookies) or {@code api} (bearer token)
 * @param device kind of device that is used, where it can be told
 */
public record Actor(
        UUID accountId,
        Set<Role> roles,
        UUID sessionId,
        String client,
        @Nullable Device device) {

    public Actor {
        roles = Set.copyOf(roles);
    }

    /** On a device that cannot be told. */
    public Actor(UUID accountId, Set<Role> roles, UUID sessionId, String client) {
        this(accountId, roles, sessionId, client, null);
    }

    Actor on(@Nullable Device device) {
        return new Actor(accountId, roles, sessionId, client, device);
    }

    public boolean has(Role role) {
        return roles.contains(role);
    }
}
