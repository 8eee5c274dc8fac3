package io.mealexpense.command.account;

/** Told once the service answers and has no administrator; without a bean of this type there is no set-up link. */
@FunctionalInterface
public interface SetupInvitation {

    /**
     * Hands the token to whoever installed the product.
     *
     * @param token for {@code POST /api/v1/auth/setup}; works once, and until the next start
     */
    void invite(String token);
}
