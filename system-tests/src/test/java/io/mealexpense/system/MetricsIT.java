package io.mealexpense.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What Prometheus is told by a product that people use. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class MetricsIT {

    private static final String PAGE = "/actuator/prometheus";

    private static final Path DOCUMENT = JavaProcess.THIS_BUILD.resolve("docs/metrics.md");

    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-");

    /** Of a metric, as code in a cell. */
    private static final Pattern DOCUMENTED = Pattern.compile("^\\| `(meals_[a-z_]+)`", Pattern.MULTILINE);

    private final Standalone product = Standalone.running();
    private final Api prometheus = Api.at(product.metrics());

    private List<String> scraped() {
        return prometheus
                .page(PAGE)
                .send()
                .expect(200)
                .text()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .toList();
    }

    /** By name and labels, as they are written. */
    private Map<String, Double> values() {
        return scraped().stream()
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.lastIndexOf(' ')),
                        line -> Double.parseDouble(
                                line.substring(line.lastIndexOf(' ') + 1).replace("+Inf", "Infinity"))));
    }

    @Test
    void metrics_are_told_on_their_own_port_and_nothing_else_is() {
        prometheus.page(PAGE).send().expect(200);
        for (var path :
                List.of("/", "/actuator", "/actuator/health/readiness", "/actuator/prometheus/x", "/index.html")) {
            prometheus.page(path).send().expect(404);
        }
        var administrator = Staff.administrator(product.base()).api();
        administrator.via(product.metrics()).get("/projections").send().expect(404);
        Api.at(product.metrics()).post("/auth/login", Map.of()).send().expect(404);

        product.api().page(PAGE).send().expect(401);
        administrator.page(PAGE).send().expect(403);
    }

    @Test
    void what_people_do_is_counted_and_what_is_refused_too() {
        var member = product.api().register().api();
        var before = values();
        var recorded = member.post("/expenses", Expenses.lunch("12.50")).send().expect(201);
        var path = "/expenses/" + recorded.json().path("id").asString();
        member.delete(path).ifMatch(recorded.etag()).send().expect(204);
        member.delete(path).ifMatch("\"1\"").send().expect(410);
        member.delete("/expenses/" + UUID.randomUUID()).ifMatch("\"1\"").send().expect(404);

        var after = values();
        for (var counter : List.of(
                "meals_events_total{event=\"MealExpenseRecorded\"}",
                "meals_events_total{event=\"MealExpenseDeleted\"}",
                "meals_commands_seconds_count{command=\"delete-meal-expense\",outcome=\"refused\",reason=\"already-deleted\"}",
                "meals_commands_seconds_count{command=\"delete-meal-expense\",outcome=\"refused\",reason=\"aggregate-not-found\"}",
                "meals_commands_seconds_count{command=\"record-meal-expense\",outcome=\"accepted\",reason=\"none\"}",
                "meals_appends_seconds_count",
                "meals_committer_batch_count",
                "http_server_requests_seconds_count{method=\"DELETE\",outcome=\"CLIENT_ERROR\",status=\"410\",uri=\"/api/v1/expenses/{id}\"}")) {
            assertThat(after.getOrDefault(counter, 0.0)).as(counter).isGreaterThan(before.getOrDefault(counter, 0.0));
        }
        assertThat(after.get("meals_members_active")).isPositive();
    }

    @Test
    void log_seal_and_projections_tell_how_far_they_are() {
        var member = product.api().register().api();
        var recorded = member.post("/expenses", Expenses.lunch("12.50")).send().expect(201);
        member.read("/expenses", recorded);

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            var values = values();
            var head = values.get("meals_log_head_position");
            assertThat(head).isPositive();
            assertThat(values)
                    .containsEntry("meals_projection_position{projection=\"expense-list\"}", head)
                    .containsEntry("meals_projection_lag_events{projection=\"expense-list\"}", 0.0)
                    .containsEntry("meals_projection_lag_seconds{projection=\"expense-list\"}", 0.0)
                    .containsEntry("meals_projection_dead_letters{projection=\"expense-list\"}", 0.0)
                    .containsEntry("meals_projection_state{projection=\"expense-list\",state=\"running\"}", 1.0)
                    .containsEntry("meals_projection_state{projection=\"expense-list\",state=\"failed\"}", 0.0)
                    .containsEntry("meals_seal_position", head)
                    .containsEntry("meals_seal_lag_events", 0.0)
                    .containsEntry("meals_seal_lag_seconds", 0.0)
                    .containsEntry("meals_seal_troubles_total{kind=\"refused\"}", 0.0);
            assertThat(values.get("meals_seal_checkpoint_age_seconds")).isBetween(0.0, 120.0);
        });
    }

    @Test
    void every_metric_of_ours_is_in_the_document_and_no_other_is() throws IOException {
        product.api().register();
        var told = scraped().stream()
                .map(line -> line.split("[{ ]", 2)[0])
                .filter(name -> name.startsWith("meals_"))
                .map(name -> name.replaceFirst("_(bucket|count|sum|max)$", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        var documented = DOCUMENTED
                .matcher(Files.readString(DOCUMENT))
                .results()
                .map(it -> it.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(documented).isEqualTo(told);
    }

    @Test
    void no_label_names_anybody_or_anything_that_there_may_be_any_number_of() {
        var member = product.api().register();
        var recorded =
                member.api().post("/expenses", Expenses.lunch("12.50")).send().expect(201);
        member.api().read("/expenses/" + recorded.json().path("id").asString(), recorded);
        assertThat(scraped())
                .noneMatch(line -> ID.matcher(line).find())
                .noneMatch(line -> line.contains(member.email()))
                .hasSizeLessThan(3_000);
    }
}
