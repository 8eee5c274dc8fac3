package io.mealexpense.query.web;

import io.mealexpense.edge.document.ApiDocument;
import io.mealexpense.edge.problem.Problem;
import io.mealexpense.edge.version.ConsistencyToken;
import io.mealexpense.query.readmodel.AtLeast;
import io.mealexpense.query.readmodel.Moment;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.DateTimeSchema;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.parameters.QueryParameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springdoc.core.models.GroupedOpenApi;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.HandlerMethod;

/** The document of the read side, from which clients are generated. */
@Configuration
class QueryApiDocument {

    static {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(AtLeast.class, Moment.class);
        SpringDocUtils.getConfig().addSimpleTypesForParameterObject(PastInstant.class);
        SpringDocUtils.getConfig().replaceWithClass(PastInstant.class, Instant.class);
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
                .addOperationCustomizer(QueryApiDocument::withMoment)
                .addOperationCustomizer(QueryApiDocument::withConsistencyToken)
                .addOpenApiCustomizer(QueryApiDocument::spellNullableReferences)
                .build();
    }

    /** A reference has no type of its own: whoever reads the document needs to be told that there may be null instead. */
    private static void spellNullableReferences(OpenAPI document) {
        for (Schema<?> schema : document.getComponents().getSchemas().values()) {
            if (schema.getProperties() != null) {
                schema.getProperties()
                        .replaceAll((name, property) -> isNullableReference(property)
                                ? new JsonSchema()
                                        .oneOf(List.of(
                                                new JsonSchema().$ref(property.get$ref()),
                                                new JsonSchema().types(Set.of("null"))))
                                : property);
            }
        }
    }

    private static boolean isNullableReference(Schema<?> property) {
        return property.get$ref() != null
                && property.getTypes() != null
                && property.getTypes().contains("null");
    }

    private static Operation withMoment(Operation operation, HandlerMethod method) {
        if (takes(Moment.class, method)) {
            operation.addParametersItem(new QueryParameter()
                    .name(MomentResolver.AS_OF)
                    .description("A moment of the past, to the microsecond: the answer is what was known then, and the"
                            + " same whenever it is asked for. By default the present")
                    .schema(new DateTimeSchema()));
            operation
                    .getResponses()
                    .addApiResponse(
                            "422",
                            new ApiResponse()
                                    .description("`asOf` lies in the future")
                                    .content(new Content()
                                            .addMediaType(
                                                    Problem.MEDIA_TYPE,
                                                    new MediaType()
                                                            .schema(new Schema<>()
                                                                    .$ref("#/components/schemas/Problem")))));
        }
        return operation;
    }

    private static boolean takes(Class<?> type, HandlerMethod method) {
        return Arrays.stream(method.getMethodParameters())
                .anyMatch(parameter -> parameter.getParameterType().equals(type));
    }

    private static Operation withConsistencyToken(Operation operation, HandlerMethod method) {
        if (takes(AtLeast.class, method) || takes(Moment.class, method)) {
            operation.addParametersItem(new HeaderParameter()
                    .name(ConsistencyToken.HEADER)
                    .description("Tokens of commands, comma-separated: the answer contains at least their effects")
                    .schema(new StringSchema()));
        }
        return operation;
    }
}
