package io.mealexpense.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.mealexpense.system.Api.Answer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class DistributedIT {

    private static final String PRIVILEGE_MISSING = "42501";
    private static final String RAISED = "P0001";
    private static final String YEAR = "from=2026-01&to=2026-12";

    private final Distributed product = Distributed.running();

    @Test
    void an_expense_lives_its_life() {
        var member = product.api().register();
        var api = member.api();
        var category = member.categories().get("Restaurants");

        var lunch = Expenses.with(Expenses.lunch("12.50"), "categoryId", category);
        var recorded = api.post("/expenses", lunch).send().expect(201);
        var id = recorded.json().path("id").asString();
        assertThat(recorded.header("Location")).endsWith("/api/v1/expenses/" + id);
        var read = api.read("/expenses/" + id, recorded);
        assertThat(read.etag()).isEqualTo(recorded.etag()).isEqualTo("\"0\"");
        assertThat(read.json().path("amount").asString()).isEqualTo("12.50");

        var dinner = Expenses.with(Expenses.with(lunch, "amount", "13.20"), "spentOn", "2026-04-02");
        var amended = api.put("/expenses/" + id, Expenses.with(dinner, "reason", "the receipt says otherwise"))
                .ifMatch(recorded.etag())
                .send()
                .expect(200, 204);
        var months = api.read("/reports/monthly?" + YEAR, amended).json().path("months");
        assertThat(totals(months, "month")).containsExactly("2026-04 EUR 13.20 1");
        var categories = api.read("/reports/categories?from=2026-01-01&to=2026-12-31", amended)
                .json()
                .path("categories");
        assertThat(totals(categories, "name")).containsExactly("Restaurants EUR 13.20 1");

        var deleted = api.delete("/expenses/" + id + "?reason=twice")
                .ifMatch(amended.etag())
                .send()
                .expect(204);
        assertThat(Expenses.listed(member, deleted)).isEmpty();
        api.get("/expenses/" + id)
                .header("Consistency-Token", deleted.consistencyToken())
                .send()
                .expect(410);
        assertThat(api.read("/expenses?state=deleted", deleted).json().path("items"))
                .hasSize(1);
        var restored = api.post("/expenses/" + id + "/restore", Map.of())
                .ifMatch(deleted.etag())
                .send()
                .expect(200, 204);
        assertThat(Expenses.listed(member, restored)).isEqualTo(Map.of(id, "13.20"));

        var history = api.read("/expenses/" + id + "/history", restored).json().path("items");
        assertThat(history.valueStream().map(item -> item.path("event").asString()))
                .containsExactly(
                        "MealExpenseRecorded", "MealExpenseAmended", "MealExpenseDeleted", "MealExpenseRestored");
        assertThat(history.get(1).path("reason").asString()).isEqualTo("the receipt says otherwise");
        assertThat(history.get(1).path("actor").path("id").asString())
                .isEqualTo(member.id().toString());
        assertThat(history.get(1).path("changes").toString()).contains("12.50", "13.20");
    }

    private static List<String> totals(JsonNode rows, String key) {
        return rows.valueStream()
                .flatMap(row -> row.path("totals")
                        .valueStream()
                        .map(total -> "%s %s %s %d"
                                .formatted(
                                        row.path(key).asString(),
                                        total.path("currency").asString(),
                                        total.path("amount").asString(),
                                        total.path("count").asLong())))
                .toList();
    }

    @Test
    void a_category_lives_its_life() {
        var member = product.api().register();
        var api = member.api();
        assertThat(member.categories()).hasSize(7);

        var look = Map.of("name", "Canteen", "colour", "#0E7490", "icon", "soup");
        var created = api.post("/categories", look).send().expect(201);
        var path = "/categories/" + created.json().path("id").asString();
        var renamed = api.put(path, Expenses.with(Map.copyOf(look), "name", "Mensa"))
                .ifMatch(created.etag())
                .send()
                .expect(200, 204);
        assertThat(names(api.read("/categories", renamed))).hasSize(8).contains("Mensa");
        var archived = api.delete(path).ifMatch(renamed.etag()).send().expect(204);
        assertThat(names(api.read("/categories", archived))).hasSize(7).doesNotContain("Mensa");
        assertThat(names(api.read("/categories?state=archived", archived))).containsExactly("Mensa");
    }

    private static List<String> names(Answer categories) {
        return categories
                .json()
                .path("items")
                .valueStream()
                .map(item -> item.path("name").asString())
                .toList();
    }

    @Test
    void every_process_knows_who_asks_and_what_is_its_own() {
        var member = product.api().register();
        for (var command : product.commands()) {
            member.api().via(command).get("/auth/me").send().expect(200);
            member.api()
                    .via(command)
                    .post("/expenses", Expenses.lunch("1.00"))
                    .send()
                    .expect(201);
            member.api().via(command).get("/expenses").send().expect(404, 405);
        }
        member.api().via(product.query()).get("/expenses").send().expect(200);
        member.api()
                .via(product.query())
                .post("/expenses", Expenses.lunch("1.00"))
                .send()
                .expect(404, 405);
        Api.at(product.query()).get("/expenses").send().expect(401);
    }

    @Test
    void what_one_command_service_recorded_the_other_one_amends() {
        var api = product.api().register().api();
        var here = api.via(product.commands().getFirst());
        var there = api.via(product.commands().getLast());
        var id = Expenses.newId();
        var lunch = Expenses.with(Expenses.lunch("1.00"), "id", id);
        var recorded = here.post("/expenses", lunch).send().expect(201);
        assertThat(there.post("/expenses", lunch).send().expect(200, 201).etag())
                .isEqualTo(recorded.etag());
        var amended = there.put("/expenses/" + id, Expenses.lunch("2.00"))
                .ifMatch(recorded.etag())
                .send()
                .expect(200, 204);
        here.put("/expenses/" + id, Expenses.lunch("3.00"))
                .ifMatch(recorded.etag())
                .send()
                .expect(412);
        here.delete("/expenses/" + id).ifMatch(amended.etag()).send().expect(204);
        there.delete("/expenses/" + id).ifMatch(amended.etag()).send().expect(410);
    }

    @Test
    void the_query_side_refuses_who_signed_out_within_a_minute() {
        var member = product.api().register();
        var query = member.api().via(product.query());
        query.get("/expenses").send().expect(200);

        product.api()
                .post("/auth/logout", Map.of("refreshToken", member.refreshToken()))
                .send()
                .expect(204);

        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> query.get("/expenses").send().status() == 401);
        for (var command : product.commands()) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() ->
                            member.api().via(command).get("/auth/me").send().status() == 401);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE event_store.domain_event SET name = name",
                "DELETE FROM event_store.domain_event",
                "TRUNCATE event_store.domain_event",
                "ALTER TABLE event_store.domain_event DISABLE TRIGGER append_only",
                "DROP TABLE event_store.domain_event",
                "DELETE FROM event_store.head",
                "TRUNCATE event_store.head",
                "DELETE FROM read_model.expense_list_item",
                "SET ROLE meals_owner"
            })
    void the_command_role_rewrites_nothing(String sql) {
        refused(Log.COMMAND, PRIVILEGE_MISSING, sql);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO event_store.domain_event SELECT * FROM event_store.domain_event",
                "UPDATE event_store.domain_event SET name = name",
                "DELETE FROM event_store.domain_event",
                "TRUNCATE event_store.domain_event",
                "UPDATE event_store.head SET position = position + 1",
                "SELECT * FROM account.credential",
                "CREATE TABLE read_model.anything (a int)",
                "SET ROLE meals_owner"
            })
    void the_query_role_reads_the_log_and_no_accounts(String sql) {
        refused(Log.QUERY, PRIVILEGE_MISSING, sql);
    }

    @Test
    void the_owner_cannot_log_in_and_could_not_rewrite_the_log_either() {
        for (var role : List.of("meals_owner", "postgres")) {
            assertThatThrownBy(() -> product.log().execute(role, "SELECT 1")).isInstanceOf(SQLException.class);
        }
        assertThat(product.log()
                        .number(
                                "SELECT count(*) FROM pg_roles WHERE rolcanlogin AND (rolsuper OR rolname = 'meals_owner'"
                                        + " OR rolbypassrls OR rolcreaterole)"))
                .isZero();
        refused(Log.MIGRATOR, PRIVILEGE_MISSING, "DELETE FROM event_store.domain_event");
        refused(Log.MIGRATOR, RAISED, "SET ROLE meals_owner", "DELETE FROM event_store.domain_event");
        refused(Log.MIGRATOR, RAISED, "SET ROLE meals_owner", "UPDATE event_store.domain_event SET name = name");
        refused(Log.MIGRATOR, RAISED, "SET ROLE meals_owner", "TRUNCATE event_store.domain_event");
    }

    private void refused(String role, String sqlState, String... sql) {
        var head = product.log().head();
        assertThatThrownBy(() -> product.log().execute(role, sql))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        refusal -> assertThat(refusal.getSQLState()).isEqualTo(sqlState));
        assertThat(product.log().head()).isGreaterThanOrEqualTo(head);
    }

    @Test
    void the_router_shows_pages_under_the_policy_of_standalone(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("index.html"), "<script nonce=\"__CSP_NONCE__\"></script>");
        try (var router = Router.start(0, List.of(), List.of(), new RouterPages(folder))) {
            var here = page(router.base());
            assertThat(here.text()).contains("nonce=\"" + nonce(here) + "\"");
            assertThat(policy(here)).isEqualTo(policy(page(Standalone.running().base())));
            assertThat(nonce(page(router.base()))).isNotEqualTo(nonce(here));
        }
    }

    private static Answer page(URI base) {
        return Api.at(base).page("/reports").send().expect(200);
    }

    private static String policy(Answer page) {
        return page.header("Content-Security-Policy").replace(nonce(page), "");
    }

    private static String nonce(Answer page) {
        return page.header("Content-Security-Policy").replaceFirst("(?s).*?'nonce-([^']+)'.*", "$1");
    }
}
