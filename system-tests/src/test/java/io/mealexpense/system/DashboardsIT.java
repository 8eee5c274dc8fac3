package io.mealexpense.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** A Prometheus asks the running product, and every dashboard and rule finds what it names. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DashboardsIT {

    private static final Path CHECK = JavaProcess.THIS_BUILD
            .resolve("infrastructure/observability/check-queries.mjs")
            .toAbsolutePath();
    private static final Duration LIMIT = Duration.ofMinutes(7);

    /** What the script ends with if there is none. */
    private static final int NO_PROMETHEUS = 2;

    @BeforeEach
    void there_is_a_prometheus() {
        var isThere =
                Script.run(Path.of("."), Map.of(), Duration.ofSeconds(30), List.of("sh", "-c", "command -v prometheus"))
                        == 0;
        if (!isThere) {
            System.err.println("NO CHECK OF THE DASHBOARDS: there is no Prometheus on the PATH");
        }
        assumeTrue(isThere, "there is no Prometheus on the PATH");
    }

    @Test
    void of_the_standalone_form_they_show_everything() {
        var product = Standalone.running();
        assertShown(product.base(), List.of("standalone=" + product.metrics().getAuthority()));
    }

    @Test
    void of_the_services_they_show_everything() {
        var product = Distributed.running();
        assertShown(product.api().base(), product.metrics());
    }

    private static void assertShown(URI product, List<String> targets) {
        var command = new ArrayList<>(List.of("node", CHECK.toString(), product.toString()));
        command.addAll(targets);
        assertThat(Script.run(Path.of("."), Map.of(), LIMIT, command))
                .as("exit code of %s, which says what has no data", command)
                .isNotEqualTo(NO_PROMETHEUS)
                .isZero();
    }
}
