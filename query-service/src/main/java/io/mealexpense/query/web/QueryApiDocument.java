package io.mealexpense.query.web;

import io.mealexpense.edge.document.ApiDocument;
import io.mealexpense.edge.version.ConsistencyToken;
import io.mealexpense.query.readmodel.AtLeast;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.Map;
import org.springdoc.core.models.GroupedOpenApi;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.HandlerMethod;

/** The document of the read side, from which clients are generated. */
@Configuration
class QueryApiDocument {

    static {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(AtLeast.class);
        SpringDocUtils.getConfig().replaceWithClass(CategoryChoice.class, String.class);
        SpringDocUtils.getConfig().replaceWithClass(YearMonth.class, String.class);
    }

    private static final Map<String, String> REFUSALS = Map.of(
            "400", "Something in the request is not valid",
            "401", "Nobody is signed in",
            "403", "The role does not allow it",
            "500", "A fault of ours",
            "503", "Not up to date with the consistency token yet, or too busy; ask again after `Retry-After`");

    @Bean
    GroupedOpenApi queryApi() {
        return ApiDocument.of(
                        "query",
                        "io.mealexpense.query",
                        "Meal Expense Tracker: queries",
                        "Everything that is read. Amounts are decimal strings; errors are problems (RFC 9457).",
                        REFUSALS)
                .addOperationCustomizer(QueryApiDocument::withConsistencyToken)
                .build();
    }

    private static Operation withConsistencyToken(Operation operation, HandlerMethod method) {
        if (Arrays.stream(method.getMethodParameters())
                .anyMatch(parameter -> parameter.getParameterType().equals(AtLeast.class))) {
            operation.addParametersItem(new HeaderParameter()
                    .name(ConsistencyToken.HEADER)
                    .description("Tokens of commands, comma-separated: the answer contains at least their effects")
                    .schema(new StringSchema()));
        }
        return operation;
    }
}
