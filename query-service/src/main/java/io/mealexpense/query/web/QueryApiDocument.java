package io.mealexpense.query.web;

import io.mealexpense.edge.problem.Problem;
import io.mealexpense.edge.version.ConsistencyToken;
import io.mealexpense.query.readmodel.AtLeast;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.Arrays;
import java.util.List;
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
        SpringDocUtils.getConfig().replaceWithClass(java.time.YearMonth.class, String.class);
    }

    private static final Map<String, String> REFUSALS = Map.of(
            "400", "Something in the request is not valid",
            "401", "Nobody is signed in",
            "403", "The role does not allow it",
            "500", "A fault of ours",
            "503", "Not up to date with the consistency token yet, or too busy; ask again after `Retry-After`");

    @Bean
    GroupedOpenApi queryApi() {
        return GroupedOpenApi.builder()
                .group("query")
                .displayName("Queries")
                .packagesToScan("io.mealexpense.query")
                .addOperationCustomizer(QueryApiDocument::describe)
                .addOpenApiCustomizer(QueryApiDocument::describe)
                .build();
    }

    private static Operation describe(Operation operation, HandlerMethod method) {
        if (Arrays.stream(method.getMethodParameters())
                .anyMatch(parameter -> parameter.getParameterType().equals(AtLeast.class))) {
            operation.addParametersItem(new HeaderParameter()
                    .name(ConsistencyToken.HEADER)
                    .description("Tokens of commands, comma-separated: the answer contains at least their effects")
                    .schema(new StringSchema()));
        }
        var responses = operation.getResponses() == null ? new ApiResponses() : operation.getResponses();
        REFUSALS.forEach((status, description) -> {
            if (!responses.containsKey(status)) {
                responses.addApiResponse(status, new ApiResponse().description(description));
            }
        });
        responses.forEach((status, response) -> {
            if (status.startsWith("4") || status.startsWith("5")) {
                response.setContent(new Content()
                        .addMediaType(
                                Problem.MEDIA_TYPE,
                                new MediaType().schema(new Schema<>().$ref("#/components/schemas/Problem"))));
            }
        });
        responses
                .get("503")
                .addHeaderObject(
                        "Retry-After", new Header().description("Whole seconds").schema(new IntegerSchema()));
        // a response that names no type is JSON; a parameter is there or not, and never null
        responses.values().stream()
                .map(ApiResponse::getContent)
                .filter(content -> content != null && content.containsKey("*/*"))
                .forEach(content -> content.addMediaType("application/json", content.remove("*/*")));
        operation.getParameters().stream()
                .map(Parameter::getSchema)
                .filter(schema -> schema != null && schema.getTypes() != null)
                .forEach(schema -> schema.getTypes().remove("null"));
        var sorted = new ApiResponses();
        responses.keySet().stream().sorted().forEach(status -> sorted.addApiResponse(status, responses.get(status)));
        operation.setResponses(sorted);
        return operation;
    }

    private static void describe(OpenAPI document) {
        document.setInfo(new Info()
                .title("Meal Expense Tracker: queries")
                .version("v1")
                .description("Everything that is read. Amounts are decimal strings; errors are problems (RFC 9457)."));
        document.setServers(List.of(new Server().url("/")));
        var components = document.getComponents();
        ModelConverters.getInstance(true).readAll(Problem.class).forEach(components::addSchemas);
        components.getSchemas().get("Problem").setRequired(List.of("type", "title", "status", "detail", "traceId"));
        components.getSchemas().get("FieldError").setRequired(List.of("field", "message"));
        components
                .addSecuritySchemes(
                        "bearer",
                        new SecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("bearer")
                                .bearerFormat("JWT"))
                .addSecuritySchemes(
                        "cookie",
                        new SecurityScheme()
                                .type(SecurityScheme.Type.APIKEY)
                                .in(SecurityScheme.In.COOKIE)
                                .name("met_access"));
        document.setSecurity(
                List.of(new SecurityRequirement().addList("bearer"), new SecurityRequirement().addList("cookie")));
    }
}
