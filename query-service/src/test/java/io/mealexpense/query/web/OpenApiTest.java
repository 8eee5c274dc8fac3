package io.mealexpense.query.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** Clients are generated from the committed document: it must be the one that is served. */
class OpenApiTest extends QueryServiceTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "api", "query-api.json");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
            .build();

    @Test
    void the_committed_document_is_the_one_served() throws IOException {
        var served = JSON.writeValueAsString(
                        JSON.readTree(get("/v3/api-docs/query", "").body())) + "\n";
        if (Boolean.getBoolean("approve")) {
            Files.createDirectories(DOCUMENT.getParent());
            Files.writeString(DOCUMENT, served);
        }
        assertThat(DOCUMENT)
                .as("approve a wanted change with -Dtest=OpenApiTest -Dapprove=true")
                .exists()
                .hasContent(served);
    }

    @Test
    void every_operation_has_a_name_of_its_own_and_tells_how_it_refuses() {
        var names = new TreeMap<String, String>();
        JSON.readTree(get("/v3/api-docs/query", "").body())
                .get("paths")
                .properties()
                .forEach(path -> {
                    assertThat(path.getValue().propertyNames()).containsExactly("get");
                    var operation = path.getValue().get("get");
                    names.put(operation.get("operationId").asString(), path.getKey());
                    assertThat(operation.get("responses").propertyNames())
                            .as(path.getKey())
                            .contains("200", "400", "401", "403", "500", "503");
                    assertThat(refusal(operation, "401").toString()).contains("#/components/schemas/Problem");
                });
        assertThat(names.keySet())
                .containsExactly(
                        "exportAuditEvents",
                        "exportExpenses",
                        "getCategoryReport",
                        "getConsistencyProof",
                        "getExpense",
                        "getExpenseHistory",
                        "getInclusionProof",
                        "getLatestCheckpoint",
                        "getLogState",
                        "getMonthlyReport",
                        "getProofPack",
                        "getRebuild",
                        "getRestoredLog",
                        "getSpendingReport",
                        "listAccesses",
                        "listAuditEvents",
                        "listCategories",
                        "listCheckpoints",
                        "listDeadLetters",
                        "listExpenseChanges",
                        "listExpenseSteps",
                        "listExpenses",
                        "listImports",
                        "listPlaces",
                        "listProjections",
                        "listRebuilds",
                        "listTags");
    }

    private static JsonNode refusal(JsonNode operation, String status) {
        return operation.get("responses").get(status).get("content").get("application/problem+json");
    }
}
