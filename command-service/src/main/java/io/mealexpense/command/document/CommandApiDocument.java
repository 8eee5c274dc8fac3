package io.mealexpense.command.document;

import io.mealexpense.edge.document.ApiDocument;
import java.util.Map;
import org.springdoc.core.models.GroupedOpenApi;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The document of the write side, from which clients are generated. */
@Configuration
class CommandApiDocument {

    private static final Map<String, String> REFUSALS = Map.of(
            "400", "Something in the request is not valid",
            "500", "A fault of ours",
            "503", "Too busy; nothing was recorded unless the problem says otherwise. Ask again after `Retry-After`");

    @Bean
    GroupedOpenApi commandApi() {
        return ApiDocument.of(
                        "command",
                        "io.mealexpense.command",
                        "Meal Expense Tracker: commands",
                        "Everything that changes something, and who may. Each answer carries ETag and"
                                + " Consistency-Token; errors are problems (RFC 9457).",
                        REFUSALS)
                .build();
    }
}
