package io.mealexpense.command.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.mealexpense.command.WriteSideOnPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** Clients are generated from the committed document: it must be the one that is served. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OpenApiTest extends WriteSideOnPostgres {

    private static final Path DOCUMENT = Path.of("..", "docs", "api", "command-api.json");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
            .build();

    @Test
    void the_committed_document_is_the_one_served() throws IOException {
        var served = JSON.writeValueAsString(JSON.readTree(body(get("/v3/api-docs/command", null)))) + "\n";
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
    void every_operation_has_a_name_of_its_own() {
        var names = new ArrayList<String>();
        JSON.readTree(body(get("/v3/api-docs/command", null)))
                .get("paths")
                .forEach(path -> path.forEach(
                        operation -> names.add(operation.get("operationId").asString())));

        assertThat(names)
                .doesNotHaveDuplicates()
                .noneMatch(name -> name.matches(".*_\\d+"))
                .contains(
                        "recordExpense",
                        "amendExpense",
                        "deleteExpense",
                        "restoreExpense",
                        "createCategory",
                        "amendCategory",
                        "archiveCategory",
                        "requestRebuild",
                        "requestProjectionRebuild",
                        "swapRebuild",
                        "cancelRebuild",
                        "retryDeadLetter",
                        "discardDeadLetter");
    }
}
