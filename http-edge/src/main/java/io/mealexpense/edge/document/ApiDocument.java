package io.mealexpense.edge.document;

import io.mealexpense.edge.problem.Problem;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springdoc.core.models.GroupedOpenApi;

/** What the documents of both sides say alike: how requests prove who asks, and how every operation refuses. */
public final class ApiDocument {

    private ApiDocument() {}

    /**
     * The beginnings of one side's document, served at {@code /v3/api-docs/<group>}.
     *
     * @param refusals status and description of the refusals that every operation of this side may answer
     */
    public static GroupedOpenApi.Builder of(
            String group, String basePackage, String title, String description, Map<String, String> refusals) {
        return GroupedOpenApi.builder()
                .group(group)
                .displayName(title)
                .packagesToScan(basePackage)
                .addOperationCustomizer((operation, method) -> withRefusals(operation, refusals))
                .addOpenApiCustomizer(document -> describe(document, title, description));
    }

    private static Operation withRefusals(Operation operation, Map<String, String> refusals) {
        var responses = operation.getResponses() == null ? new ApiResponses() : operation.getResponses();
        refusals.forEach((status, description) ->
                responses.computeIfAbsent(status, absent -> new ApiResponse().description(description)));
        responses.forEach((status, response) -> {
            if (status.startsWith("4") || status.startsWith("5") || status.equals("default")) {
                response.setContent(new Content()
                        .addMediaType(
                                Problem.MEDIA_TYPE,
                                new MediaType().schema(new Schema<>().$ref("#/components/schemas/Problem"))));
            }
        });
        Stream.ofNullable(responses.get("503"))
                .forEach(busy -> busy.addHeaderObject(
                        "Retry-After", new Header().description("Whole seconds").schema(new IntegerSchema())));
        // a response that names no type is JSON; a parameter is there or not, and never null
        responses.values().stream()
                .map(ApiResponse::getContent)
                .filter(content -> content != null && content.containsKey("*/*"))
                .forEach(content -> content.addMediaType("application/json", content.remove("*/*")));
        Stream.ofNullable(operation.getParameters())
                .flatMap(List::stream)
                .map(Parameter::getSchema)
                .filter(schema -> schema != null && schema.getTypes() != null)
                .forEach(schema -> schema.getTypes().remove("null"));
        var sorted = new ApiResponses();
        new TreeMap<>(responses).forEach(sorted::addApiResponse);
        operation.setResponses(sorted);
        return operation;
    }

    private static void describe(OpenAPI document, String title, String description) {
        document.setInfo(new Info().title(title).version("v1").description(description));
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
