package io.mealexpense.command.account.web;

import io.mealexpense.edge.security.OpenRoutes;
import java.util.stream.Stream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The routes of this package that answer without a sign-in. */
@Configuration
class AccountOpenRoutes {

    @Bean
    OpenRoutes authOpenRoutes() {
        return new OpenRoutes(Stream.of(AuthController.OPEN_ROUTES, WellKnownController.OPEN_ROUTES)
                .flatMap(Stream::of)
                .toList());
    }
}
