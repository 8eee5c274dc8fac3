package io.mealexpense.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mealexpense.system.Api.Member;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RebuildIT {

    private static final int MEMBERS = 3;
    private static final int EXPENSES_EACH = 80;

    private static Standalone product;
    private static final List<Member> members = new ArrayList<>();

    @BeforeAll
    static void fill() {
        product = Standalone.running();
        var seed = Long.getLong("seed", System.nanoTime());
        System.out.println("Random expenses of -Dseed=" + seed);
        var random = new Random(seed);
        for (var number = 0; number < MEMBERS; number++) {
            var member = product.api().register();
            members.add(member);
            fill(member, random);
        }
    }

    @Test
    void rebuilt_read_models_equal_the_dropped_ones_and_the_fold() throws Exception {
        awaitCaughtUp();
        product.fold().requireEqual();
        var before = product.log().readModelChecksums();
        assertThat(before).containsKeys("expense_list_item", "monthly_report_total", "audit_trail_entry");

        dropReadModels();

        assertThat(product.log().readModelChecksums()).isEqualTo(before);
        product.fold().requireEqual();
        AuditVerify.requireClean(product.verify());
    }

    @Test
    void a_tampered_total_is_named() throws Exception {
        awaitCaughtUp();
        var owner = members.getFirst().id();
        var where = "WHERE owner_id = '%s' AND count > 0 AND currency = 'EUR'".formatted(owner);
        product.log().execute(Log.QUERY, "UPDATE read_model.monthly_report_total SET amount = amount + 0.01 " + where);
        try {
            var fold = product.fold();
            assertThat(fold.exitCode()).as(fold.said()).isEqualTo(1);
            assertThat(fold.said()).contains("monthly_report_total", owner.toString(), "amount is");
        } finally {
            product.log()
                    .execute(Log.QUERY, "UPDATE read_model.monthly_report_total SET amount = amount - 0.01 " + where);
        }
        product.fold().requireEqual();
    }

    @Test
    void a_missing_expense_is_named() throws Exception {
        awaitCaughtUp();
        var row = product.log()
                .query(
                        Log.QUERY,
                        "SELECT expense_id, to_json(t)::text FROM read_model.expense_list_item t LIMIT 1",
                        it -> List.of(it.getString(1), it.getString(2)))
                .getFirst();
        product.log()
                .execute(
                        Log.QUERY,
                        "DELETE FROM read_model.expense_list_item WHERE expense_id = '%s'".formatted(row.getFirst()));
        try {
            var fold = product.fold();
            assertThat(fold.exitCode()).as(fold.said()).isEqualTo(1);
            assertThat(fold.said()).contains("expense_list_item", row.getFirst() + "\"}: is missing");
        } finally {
            product.log()
                    .execute(
                            Log.QUERY,
                            "INSERT INTO read_model.expense_list_item SELECT * FROM json_populate_record("
                                    + "NULL::read_model.expense_list_item, '%s')"
                                            .formatted(row.getLast().replace("'", "''")));
        }
        product.fold().requireEqual();
    }

    /** The bug: a correction does not take the old amount out of the month it leaves. */
    @Test
    void a_projection_bug_is_named_and_a_rebuild_heals_it() throws Exception {
        var member = product.api().register();
        var path = "/expenses/" + Expenses.newId();
        var content = Expenses.with(Expenses.lunch("12.50"), "id", path.substring("/expenses/".length()));
        var recorded = member.api().post("/expenses", content).send().expect(201);
        awaitCaughtUp();
        product.log()
                .execute(
                        Log.MIGRATOR,
                        "SET ROLE meals_owner",
                        """
                        CREATE FUNCTION read_model.forget() RETURNS trigger LANGUAGE plpgsql AS
                        'BEGIN IF NEW.count < OLD.count THEN NEW.amount := OLD.amount; END IF; RETURN NEW; END'
                        """,
                        "CREATE TRIGGER forget BEFORE UPDATE ON read_model.monthly_report_total"
                                + " FOR EACH ROW EXECUTE FUNCTION read_model.forget()");

        var corrected = Expenses.with(Expenses.lunch("13.20"), "spentOn", "2026-04-02");
        var amended = member.api()
                .put(path, corrected)
                .ifMatch(recorded.etag())
                .send()
                .expect(200, 204);
        member.api().read("/reports/monthly?from=2026-01&to=2026-12", amended);

        var fold = product.fold();
        assertThat(fold.exitCode()).as(fold.said()).isEqualTo(1);
        assertThat(fold.said()).contains("monthly_report_total", member.id().toString(), "2026-03-01");

        dropReadModels();
        product.fold().requireEqual();
    }

    private static void dropReadModels() throws Exception {
        product.stop();
        product.maintain("SET ROLE meals_owner", "DROP SCHEMA read_model CASCADE");
        product.restart();
        awaitCaughtUp();
    }

    private static void awaitCaughtUp() {
        var log = product.log();
        await().atMost(Duration.ofMinutes(1)).until(() -> log.projectedUpTo() == log.head());
    }

    private static void fill(Member member, Random random) {
        var categories = new ArrayList<>(member.categories().values());
        for (var number = 0; number < EXPENSES_EACH; number++) {
            var content = randomExpense(random, categories);
            var recorded = member.api().post("/expenses", content).patiently().expect(201);
            var path = "/expenses/" + recorded.json().path("id").asString();
            var etag = recorded.etag();
            for (var dice = random.nextInt(10); dice < 4; dice = random.nextInt(10)) {
                var answer = dice < 3
                        ? member.api()
                                .put(path, Expenses.with(randomExpense(random, categories), "reason", "Näher besehen"))
                                .ifMatch(etag)
                                .patiently()
                                .expect(200, 204)
                        : member.api()
                                .delete(path + "?reason=twice")
                                .ifMatch(etag)
                                .patiently()
                                .expect(204);
                etag = answer.etag();
                if (dice == 3) {
                    if (random.nextBoolean()) {
                        break;
                    }
                    etag = member.api()
                            .post(path + "/restore", Map.of("reason", "once after all"))
                            .ifMatch(etag)
                            .patiently()
                            .expect(200, 204)
                            .etag();
                }
            }
        }
        var renamed = categories.getFirst();
        var look = Map.of("name", "Käse & Brot", "colour", "#0E7490", "icon", "bread");
        var changed = member.api()
                .put("/categories/" + renamed, look)
                .ifMatch("\"0\"")
                .patiently()
                .expect(200, 204);
        member.api()
                .delete("/categories/" + renamed)
                .ifMatch(changed.etag())
                .patiently()
                .expect(204);
    }

    private static Map<String, Object> randomExpense(Random random, List<String> categories) {
        var content = new LinkedHashMap<String, Object>();
        content.put(
                "spentOn",
                LocalDate.of(2025, 1, 1).plusDays(random.nextInt(500)).toString());
        var currency = List.of("EUR", "EUR", "EUR", "USD", "JPY", "KWD").get(random.nextInt(6));
        content.put("currency", currency);
        content.put(
                "amount",
                switch (currency) {
                    case "JPY" -> Integer.toString(1 + random.nextInt(20_000));
                    case "KWD" -> "%d.%03d".formatted(random.nextInt(40), 1 + random.nextInt(999));
                    default -> Expenses.randomAmount(random);
                });
        content.put(
                "mealType",
                List.of("breakfast", "lunch", "dinner", "late-night").get(random.nextInt(4)));
        if (random.nextInt(3) > 0) {
            content.put("categoryId", categories.get(1 + random.nextInt(categories.size() - 1)));
        }
        maybe(random, content, "spentAt", "%02d:%02d".formatted(random.nextInt(24), random.nextInt(60)));
        maybe(random, content, "zone", "Europe/Berlin");
        maybe(random, content, "orderType", "dine-in");
        maybe(random, content, "partySize", 1 + random.nextInt(12));
        maybe(
                random,
                content,
                "place",
                List.of("Café Øst", "Łódź Bar", "=1+1", "o'Neill \"pub\" \\ 🍜").get(random.nextInt(4)));
        maybe(
                random,
                content,
                "tags",
                List.of("client", "Reise, nein".replace(",", ""), "\\x").subList(0, random.nextInt(4)));
        maybe(random, content, "purpose", "Quarterly\nplanning");
        maybe(random, content, "attendees", List.of("Bob", "{Zoë}", "a,b").subList(0, random.nextInt(4)));
        maybe(random, content, "notes", "Tab\there, null and NULL, {}");
        return content;
    }

    private static void maybe(Random random, Map<String, Object> content, String field, Object value) {
        if (random.nextInt(3) == 0) {
            content.put(field, value);
        }
    }
}
