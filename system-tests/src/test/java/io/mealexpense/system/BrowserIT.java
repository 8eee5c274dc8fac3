package io.mealexpense.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import io.mealexpense.system.Api.Member;
import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/**
 * The browser tests of {@code frontend/e2e} against both forms of the product. Without a Chromium they are skipped with
 * a loud line, unless {@code MEALS_BROWSER_TESTS=required}.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class BrowserIT {

    private static final Duration LIMIT = Duration.ofMinutes(9);
    private static final Path FRONTEND = Path.of("..", "frontend");
    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

    private static String chromium;

    @BeforeAll
    static void find_a_browser() {
        chromium = chromium().orElse(null);
        if (chromium == null) {
            var why = "NO BROWSER TESTS: there is no Chromium on the PATH, and CHROMIUM names none";
            if ("required".equals(System.getenv("MEALS_BROWSER_TESTS"))) {
                fail(why);
            }
            System.err.println("\n*** " + why + " ***\n");
            abort(why);
        }
    }

    private static Optional<String> chromium() {
        var path = Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator);
        return Stream.concat(
                        Stream.ofNullable(System.getenv("CHROMIUM")),
                        Stream.of(path).flatMap(folder -> NAMES.stream().map(name -> folder + "/" + name)))
                .filter(program -> Files.isExecutable(Path.of(program)))
                .findFirst();
    }

    @Test
    void the_standalone_form_serves_people() throws SQLException {
        var standalone = Standalone.running();
        assertServes(standalone.base(), standalone.log(), Map.of());
    }

    /** It serves the same pages, which were looked at by then or will be. */
    @Test
    void two_services_behind_their_router_serve_people() throws SQLException {
        try (var distributed = Distributed.start(0, 1, new RouterPages(FRONTEND.resolve("dist")))) {
            assertServes(distributed.base(), distributed.log(), Map.of("MEALS_LOOKS", "known"));
        }
    }

    private static void assertServes(URI product, Log log, Map<String, String> more) throws SQLException {
        var environment = new HashMap<>(Map.of("MEALS_URL", product.toString(), "CHROMIUM", chromium, "CI", "true"));
        environment.putAll(more);
        environment.putAll(Staff.logins(product));
        environment.putAll(putAside(product, log));
        var exit = Script.run(FRONTEND, environment, LIMIT, List.of("npx", "playwright", "test"));
        assertThat(exit)
                .as("exit code of the browser tests against %s", product)
                .isZero();
    }

    /** A member with two dead letters in the monthly report; what was wrong is mended for one of them. */
    private static Map<String, String> putAside(URI product, Log log) throws SQLException {
        var member = Api.at(product).register();
        var mended = putAside(member, log);
        new MonthlyReportLine(log, mended).setSequence(0);
        var broken = putAside(member, log);
        return Map.of(
                "MEALS_PARKED_MEMBER", member.email() + ":" + member.password(),
                "MEALS_PARKED_MENDED", mended.toString(),
                "MEALS_PARKED_BROKEN", broken.toString());
    }

    private static UUID putAside(Member member, Log log) throws SQLException {
        var api = member.api();
        var recorded =
                api.post("/expenses", Expenses.lunch("12.50")).patiently().expect(201);
        var expense = UUID.fromString(recorded.json().path("id").asString());
        var monthly = "/reports/monthly?from=2026-03&to=2026-03";
        api.read(monthly, recorded);
        new MonthlyReportLine(log, expense).setSequence(-1);
        var amended = api.put("/expenses/" + expense, Expenses.lunch("13.20"))
                .ifMatch(recorded.etag())
                .patiently()
                .expect(204);
        assertThat(api.read(monthly, amended).json().path("incomplete").asBoolean())
                .as("the amendment of %s is put aside", expense)
                .isTrue();
        return expense;
    }
}
