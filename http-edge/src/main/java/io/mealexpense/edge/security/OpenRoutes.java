package io.mealexpense.edge.security;

import java.util.List;

/**
 * Routes that answer without a sign-in; everything that no bean of this type names is closed.
 *
 * @param patterns path patterns such as {@code /api/v1/auth/login}
 */
public record OpenRoutes(List<String> patterns) {

    public OpenRoutes {
        patterns = List.copyOf(patterns);
    }

    public static OpenRoutes of(String... patterns) {
        return new OpenRoutes(List.of(patterns));
    }
}
