package io.mealexpense.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Somebody else's idea of the contract, where {@code MEALS_API_SMOKE} names it: a script that asks a running product. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@EnabledIfEnvironmentVariable(named = "MEALS_API_SMOKE", matches = ".+")
class SmokeIT {

    private static final Duration LIMIT = Duration.ofMinutes(3);

    @Test
    void the_standalone_form_passes() {
        assertPasses(Standalone.running().base());
    }

    @Test
    void two_services_behind_their_router_pass() {
        assertPasses(Distributed.running().base());
    }

    private static void assertPasses(URI product) {
        var script = System.getenv("MEALS_API_SMOKE");
        assertThat(Script.run(Path.of("."), Map.of("MEALS_URL", product.toString()), LIMIT, List.of("python3", script)))
                .as("exit code of %s against %s", script, product)
                .isZero();
    }
}
