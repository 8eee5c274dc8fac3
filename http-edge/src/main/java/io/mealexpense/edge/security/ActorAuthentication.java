package io.mealexpense.edge.security;

import java.util.Comparator;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** The verified actor as Spring Security carries it; its principal is the {@link Actor}. */
public final class ActorAuthentication extends AbstractAuthenticationToken {

    private static final long serialVersionUID = 1L;

    private final transient Actor actor;

    public ActorAuthentication(Actor actor) {
        super(actor.roles().stream()
                .sorted(Comparator.naturalOrder())
                .map(role -> new SimpleGrantedAuthority("ROLE_" + role))
                .toList());
        this.actor = actor;
        setAuthenticated(true);
    }

    @Override
    public Object getCredentials() {
        return "";
    }

    @Override
    public Actor getPrincipal() {
        return actor;
    }
}
