package io.mealexpense.edge.security;

import java.util.Set;
import java.util.UUID;

/**
 * Who asks, as the verified token says; nothing deeper sees a token.
 *
 * @param accountId whose account
 * @param roles what the account may do
 * @param sessionId the sign-in the token belongs to
 * @param client kind of client: {@code web} (cookies) or {@code api} (bearer token)
 */
public record Actor(UUID accountId, Set<Role> roles, UUID sessionId, String client) {

    public Actor {
        roles = Set.copyOf(roles);
    }

    public boolean has(Role role) {
        return roles.contains(role);
    }
}
