package io.mealexpense.command.expenseimport.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jsonwebtoken.Jwts;
import io.mealexpense.command.CommandServiceApplication;
import io.mealexpense.edge.security.AccessTokens;
import io.mealexpense.edge.security.VerificationKeys;
import io.mealexpense.events.AccountRegistered;
import io.mealexpense.events.CategoryAmended;
import io.mealexpense.events.CategoryCreated;
import io.mealexpense.events.MealExpenseRecorded;
import io.mealexpense.postgres.Database;
import io.mealexpense.postgres.Role;
import io.mealexpense.postgres.SharedPostgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.KeyPair;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Files by HTTP, into a real log; accounts are only events and tokens here. */
@SpringBootTest(
        classes = {CommandServiceApplication.class, ExpenseImportControllerTest.TestKeys.class},
        webEnvironment = WebEnvironment.RANDOM_PORT)
@DisplayNameGeneration(ReplaceUnderscores.class)
class ExpenseImportControllerTest {

    /** No {@code @Configuration}: the write side's component scan would find it for every test. */
    static class TestKeys {

        @Bean
        @Primary
        VerificationKeys testKeys() {
            return id -> Optional.of(KEYS.getPublic());
        }
    }

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final KeyPair KEYS = Jwts.SIG.RS256.keyPair().build();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Database DATABASE = SharedPostgres.database();

    private final UUID alice = UUID.randomUUID();

    @LocalServerPort
    private int port;

    @Autowired
    private EventStore eventStore;

    @DynamicPropertySource
    static void whereTheLogIs(DynamicPropertyRegistry properties) {
        properties.add("meals.command.datasource.url", DATABASE::url);
        properties.add("meals.command.datasource.username", () -> DATABASE.username(Role.COMMAND));
        properties.add("meals.command.datasource.password", () -> DATABASE.password(Role.COMMAND));
        properties.add("meals.command.migration.username", () -> DATABASE.username(Role.MIGRATOR));
        properties.add("meals.command.migration.password", () -> DATABASE.password(Role.MIGRATOR));
        properties.add("meals.command.master-key", () -> Base64.getEncoder().encodeToString(new byte[32]));
    }

    @BeforeEach
    void alice_has_an_account() {
        register(alice);
    }

    private void register(UUID account) {
        publish("Account", account, new AccountRegistered(account, "EUR", "Europe/Berlin"));
    }

    private void publish(String aggregate, UUID id, Object event) {
        eventStore.publish(new GenericDomainEventMessage<>(aggregate, id.toString(), 0, event));
    }

    private static String token(UUID account, String... roles) {
        return Jwts.builder()
                .header()
                .keyId("test")
                .and()
                .issuer(AccessTokens.ISSUER)
                .audience()
                .add(AccessTokens.AUDIENCE)
                .and()
                .subject(account.toString())
                .claim(AccessTokens.SESSION_CLAIM, UUID.randomUUID().toString())
                .claim(AccessTokens.ROLES_CLAIM, List.of(roles))
                .issuedAt(new Date())
                .expiration(new Date(System.currentTimeMillis() + 300_000))
                .signWith(KEYS.getPrivate(), Jwts.SIG.RS256)
                .compact();
    }

    private record Answer(HttpResponse<String> response) {

        int status() {
            return response.statusCode();
        }

        JsonNode json() {
            return JSON.readTree(response.body());
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        String counts() {
            var json = json();
            return "%s recorded, %s same, %s refused"
                    .formatted(json.path("recorded"), json.path("same"), json.path("refused"));
        }

        List<String> ids() {
            return json().get("rows").values().stream()
                    .map(row -> row.path("expenseId").asString(""))
                    .toList();
        }

        String problem() {
            assertThat(header("Content-Type")).startsWith("application/problem+json");
            return status() + " " + json().get("type").asString().replace("/problems/", "");
        }
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            return new Answer(HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString()));
        } catch (IOException failure) {
            throw new AssertionError(failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopped);
        }
    }

    private HttpRequest.Builder request(String path, String token) {
        return HttpRequest.newBuilder(URI.create("http://localhost:%d/api/v1/expenses%s".formatted(port, path)))
                .header("Authorization", "Bearer " + token);
    }

    private HttpRequest.Builder upload(String token, String part, byte[] file) {
        var body = new ByteArrayOutputStream();
        body.writeBytes("""
                --between\r
                Content-Disposition: form-data; name="%s"; filename="expenses.csv"\r
                Content-Type: text/csv\r
                \r
                """.formatted(part).getBytes(UTF_8));
        body.writeBytes(file);
        body.writeBytes("\r\n--between--\r\n".getBytes(UTF_8));
        return request("/import", token)
                .header("Content-Type", "multipart/form-data; boundary=between")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()));
    }

    private Answer send(String csv) {
        return sendAs(alice, csv);
    }

    private Answer sendAs(UUID account, String csv) {
        return send(upload(token(account, "MEMBER"), "file", csv.getBytes(UTF_8)));
    }

    private record Stored(String name, long position, JsonNode payload, JsonNode metadata) {}

    private static List<Stored> log(String condition, Object... arguments) {
        try (var connection = DATABASE.connect(Role.QUERY);
                var query = connection.prepareStatement(
                        "SELECT name, position, payload, metadata FROM event_store.domain_event WHERE " + condition
                                + " ORDER BY position")) {
            for (var i = 0; i < arguments.length; i++) {
                query.setObject(i + 1, arguments[i]);
            }
            var stored = new ArrayList<Stored>();
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    stored.add(new Stored(
                            rows.getString(1),
                            rows.getLong(2),
                            JSON.readTree(rows.getString(3)),
                            JSON.readTree(rows.getString(4))));
                }
            }
            return stored;
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    private List<Stored> recorded(UUID owner) {
        return log("name = 'MealExpenseRecorded' AND payload ->> 'ownerId' = ?", owner.toString());
    }

    private static final String TWO_MEALS = """
            date,amount,place,meal_type
            2026-03-15,12.50,Corner Deli,lunch
            2026-03-16,-3.00,Corner Deli,dinner
            """;

    @Test
    void every_row_becomes_an_expense_of_whoever_sent_it() {
        var answer = send(TWO_MEALS);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.counts()).isEqualTo("2 recorded, 0 same, 0 refused");
        assertThat(answer.header("ETag")).isEqualTo("\"0\"");
        assertThat(answer.header("Consistency-Token")).isNotEmpty();
        assertThat(answer.json().get("rows").get(1).toString())
                .isEqualTo("{\"row\":2,\"status\":\"recorded\",\"expenseId\":\"%s\"}"
                        .formatted(answer.ids().get(1)));
        var recorded = recorded(alice);
        assertThat(recorded)
                .extracting(it -> it.payload().get("amount").asString() + " "
                        + it.payload().get("currency").asString())
                .containsExactlyInAnyOrder("12.50 EUR", "-3.00 EUR");
        var end = log("name = 'ImportApplied' AND payload ->> 'ownerId' = ?", alice.toString())
                .getFirst();
        assertThat(end.payload().get("recorded").asInt()).isEqualTo(2);
        assertThat(recorded).allSatisfy(it -> {
            assertThat(it.payload().get("importId")).isEqualTo(end.payload().get("importId"));
            assertThat(it.metadata().get("actorId").asString()).isEqualTo(alice.toString());
            assertThat(it.metadata().get("client").asString()).isEqualTo("import");
            assertThat(it.metadata().has("device")).isFalse();
            assertThat(it.metadata().get("requestId")).isEqualTo(end.metadata().get("requestId"));
            assertThat(it.position()).isLessThan(end.position());
        });
        assertThat(end.metadata().get("actorId").asString()).isEqualTo(alice.toString());
        assertThat(end.metadata().get("client").asString()).isEqualTo("import");
    }

    @Test
    void a_page_that_sends_a_file_and_takes_it_back_says_on_which_device() {
        send(upload(token(alice, "MEMBER"), "file", TWO_MEALS.getBytes(UTF_8)).header("Device", "tablet"));
        undo("{}", "Device", "phone");

        assertThat(log("payload ->> 'ownerId' = ?", alice.toString()))
                .extracting(it -> it.name() + " " + it.metadata().path("device").asString("-"))
                .containsExactlyInAnyOrder(
                        "MealExpenseRecorded tablet",
                        "MealExpenseRecorded tablet",
                        "ImportApplied tablet",
                        "MealExpenseDeleted phone",
                        "MealExpenseDeleted phone",
                        "ImportUndone phone");
    }

    @Test
    void the_same_file_again_records_nothing_and_says_so() {
        var first = send(TWO_MEALS);
        var again = send(TWO_MEALS);

        assertThat(again.counts()).isEqualTo("0 recorded, 2 same, 0 refused");
        assertThat(again.ids()).isEqualTo(first.ids());
        assertThat(again.header("ETag")).isEqualTo("\"1\"");
        assertThat(recorded(alice)).hasSize(2);
    }

    @Test
    void nor_does_it_after_the_expenses_were_amended_and_deleted() {
        var ids = send(TWO_MEALS).ids();
        var member = token(alice, "MEMBER");
        var amended = send(
                request("/" + ids.getFirst(), member)
                        .header("Content-Type", "application/json")
                        .header("If-Match", "\"0\"")
                        .PUT(
                                HttpRequest.BodyPublishers.ofString(
                                        "{\"spentOn\":\"2026-03-15\",\"amount\":\"99\",\"currency\":\"USD\",\"mealType\":\"brunch\"}")));
        var deleted = send(
                request("/" + ids.get(1), member).header("If-Match", "\"0\"").DELETE());
        assertThat(List.of(amended.status(), deleted.status())).containsExactly(204, 204);

        assertThat(send(TWO_MEALS).counts()).isEqualTo("0 recorded, 2 same, 0 refused");
    }

    @Test
    void what_a_file_that_was_cut_short_left_out_is_made_up_for_by_sending_it_again() {
        send(TWO_MEALS);

        assertThat(send(TWO_MEALS + "2026-03-17,4.00,Corner Deli,snacks\n").counts())
                .isEqualTo("1 recorded, 2 same, 0 refused");
    }

    @Test
    void equal_rows_of_one_file_are_two_expenses() {
        var once = "date,amount,place\n2026-03-15,3.20,Bean There\n";
        var twice = once + "2026-03-15,3.20,Bean There\n";

        assertThat(send(once).counts()).isEqualTo("1 recorded, 0 same, 0 refused");
        assertThat(send(twice).counts()).isEqualTo("1 recorded, 1 same, 0 refused");
        assertThat(send(twice).counts()).isEqualTo("0 recorded, 2 same, 0 refused");
    }

    @Test
    void the_same_file_of_somebody_else_is_somebody_elses() {
        var bob = UUID.randomUUID();
        register(bob);

        assertThat(send(TWO_MEALS).ids())
                .doesNotContainAnyElementsOf(sendAs(bob, TWO_MEALS).ids());
        assertThat(recorded(bob)).hasSize(2);
    }

    @Test
    void a_bad_row_is_told_and_stops_no_other() {
        var answer = send("""
                date,amount,meal_type
                2026-03-15,1,lunch
                2026-02-30,2,elevenses
                9999-12-31,3,lunch
                2026-03-18,4,lunch
                """);

        assertThat(answer.counts()).isEqualTo("2 recorded, 0 same, 2 refused");
        assertThat(answer.json().get("rows").get(1).toString())
                .startsWith(
                        "{\"row\":2,\"status\":\"refused\",\"errors\":[{\"field\":\"date\",\"message\":\"is not a day")
                .contains("\"field\":\"meal_type\"")
                .doesNotContain("expenseId");
        assertThat(answer.json().get("rows").get(2).toString())
                .contains("\"field\":\"date\"")
                .contains("one year from today");
        assertThat(recorded(alice)).hasSize(2);
    }

    @Test
    void categories_are_found_by_name() {
        var treats = UUID.randomUUID();
        publish("Category", treats, new CategoryCreated(treats, alice, "Treats", "#C2410C", "cake"));

        send("date,amount,category\n2026-03-15,5,TREATS\n2026-03-15,6,Rent\n");

        assertThat(recorded(alice))
                .extracting(it -> it.payload().path("categoryId").asString("")
                        + it.payload().get("tags"))
                .containsExactlyInAnyOrder(treats + "[]", "[\"Rent\"]");
    }

    private static String export(String id, String amount) {
        return "date,amount,currency,meal_type,attendees,notes,id\n2026-03-15,%s,EUR,lunch,,,%s\n"
                .formatted(amount, id);
    }

    private void amend(String id, String version, String content) {
        var amended = send(request("/" + id, token(alice, "MEMBER"))
                .header("Content-Type", "application/json")
                .header("If-Match", "\"%s\"".formatted(version))
                .PUT(HttpRequest.BodyPublishers.ofString(content)));
        assertThat(amended.status()).isEqualTo(204);
    }

    @Test
    void ones_own_export_records_nothing_twice_also_after_an_amendment() {
        var id = send(TWO_MEALS).ids().getFirst();
        var before = export(id, "12.50");
        amend(id, "0", """
                {"spentOn":"2026-03-15","amount":"77","currency":"EUR","mealType":"lunch","place":"Elsewhere"}
                """);

        for (var file : List.of(before, export(id, "77.00"))) {
            var again = send(file);

            assertThat(again.counts()).isEqualTo("0 recorded, 1 same, 0 refused");
            assertThat(again.ids()).containsExactly(id);
        }
    }

    @Test
    void an_edited_row_of_ones_own_export_is_told_to_be_amended_instead() {
        var id = send(TWO_MEALS).ids().getFirst();

        var answer = send(export(id, "77.00"));

        assertThat(answer.counts()).isEqualTo("0 recorded, 0 same, 1 refused");
        assertThat(answer.json().get("rows").get(0).get("errors").toString())
                .isEqualTo("[{\"field\":\"id\",\"message\":\"this expense is on record with other content; amend it"
                        + " there\"}]");
        assertThat(recorded(alice)).hasSize(2);
    }

    @Test
    void an_export_stays_the_same_whatever_its_category_is_called_by_now() {
        var treats = UUID.randomUUID();
        publish("Category", treats, new CategoryCreated(treats, alice, "Treats", "#C2410C", "cake"));
        var id = send("date,amount,meal_type,category,tags\n2026-03-15,5,lunch,Treats,x\n")
                .ids()
                .getFirst();
        var header = "date,amount,currency,category_name,tags,attendees,id\n2026-03-15,5.00,EUR,";
        eventStore.publish(new GenericDomainEventMessage<>(
                "Category", treats.toString(), 1, new CategoryAmended(treats, alice, "Sweets", "#C2410C", "cake")));

        assertThat(send(header + "Treats,x,," + id + "\n").counts()).isEqualTo("0 recorded, 1 same, 0 refused");
        assertThat(send(header + "Sweets,x,," + id + "\n").counts()).isEqualTo("0 recorded, 1 same, 0 refused");
        assertThat(send(header + "Other,x,," + id + "\n").counts()).isEqualTo("0 recorded, 0 same, 1 refused");
        assertThat(send(header + "Sweets,y,," + id + "\n").counts()).isEqualTo("0 recorded, 0 same, 1 refused");
        assertThat(send(header + ",x,," + id + "\n").counts()).isEqualTo("0 recorded, 0 same, 1 refused");
    }

    @Test
    void an_export_of_another_account_is_recorded_once_under_ids_of_its_own() {
        var bob = UUID.randomUUID();
        register(bob);
        var bobs = sendAs(bob, TWO_MEALS).ids().getFirst();

        var first = send(export(bobs, "12.50"));
        var again = send(export(bobs, "12.50"));

        assertThat(first.counts()).isEqualTo("1 recorded, 0 same, 0 refused");
        assertThat(first.ids()).doesNotContain(bobs);
        assertThat(again.counts()).isEqualTo("0 recorded, 1 same, 0 refused");
        assertThat(send(export(bobs, "77.00")).counts()).isEqualTo("0 recorded, 0 same, 1 refused");
    }

    @Test
    void one_id_for_two_contents_is_told() {
        var file = export(UUID.randomUUID().toString(), "5");
        var line = file.lines().toList().get(1);

        var answer = send(file + line + "\n" + line.replace(",5,", ",6,") + "\n");

        assertThat(answer.counts()).isEqualTo("1 recorded, 1 same, 1 refused");
        assertThat(answer.json().get("rows").get(2).toString()).contains("\"field\":\"id\"");
    }

    @Test
    void a_file_sent_twice_at_once_is_recorded_once() {
        var file = "date,amount\n"
                + IntStream.range(0, 200)
                        .mapToObj("2026-03-15,1%02d\n"::formatted)
                        .reduce("", String::concat);

        var answers =
                IntStream.range(0, 2).mapToObj(i -> CompletableFuture.supplyAsync(() -> send(file))).toList().stream()
                        .map(CompletableFuture::join)
                        .toList();

        assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isEqualTo(200));
        assertThat(answers.stream()
                        .mapToInt(it -> it.json().get("recorded").asInt())
                        .sum())
                .isEqualTo(200);
        assertThat(recorded(alice)).hasSize(200);
    }

    private Answer sendUnder(String key, UUID account, String csv) {
        return send(
                upload(token(account, "MEMBER"), "file", csv.getBytes(UTF_8)).header("Idempotency-Key", key));
    }

    @Test
    void a_file_sent_again_under_its_idempotency_key_is_answered_as_the_first_time() {
        var onRecord =
                send("date,amount,place\n2026-03-14,9,Corner Deli\n").ids().getFirst();
        var file = """
                date,amount,place
                2026-03-14,9,Corner Deli
                2026-03-15,12.50,Corner Deli
                2026-03-15,12.50,Corner Deli
                2026-02-30,1,Corner Deli
                9999-12-31,2,Corner Deli
                """;

        var first = sendUnder("k1", alice, file);
        amend(first.ids().get(1), "0", """
                {"spentOn":"2026-03-15","amount":"77","currency":"EUR","mealType":"lunch"}
                """);
        send(file);
        var again = sendUnder("k1", alice, file);

        assertThat(first.counts()).isEqualTo("2 recorded, 1 same, 2 refused");
        assertThat(first.ids().getFirst()).isEqualTo(onRecord);
        assertThat(again.response().body()).isEqualTo(first.response().body());
        assertThat(again.header("ETag")).isEqualTo(first.header("ETag")).isEqualTo("\"0\"");
        assertThat(again.header("Consistency-Token")).isEqualTo(first.header("Consistency-Token"));
        assertThat(recorded(alice)).hasSize(3);
        assertThat(sendUnder("k2", alice, file).counts()).isEqualTo("0 recorded, 3 same, 2 refused");
    }

    @Test
    void so_is_an_export_whose_expenses_were_amended_since_and_one_from_elsewhere() {
        var id = send(TWO_MEALS).ids().getFirst();
        var elsewhere =
                export(UUID.randomUUID().toString(), "5").lines().toList().get(1);
        var file = export(id, "77") + elsewhere + "\n" + elsewhere + "\n" + elsewhere.replace(",5,", ",6,") + "\n";

        var first = sendUnder("k1", alice, file);
        amend(id, "0", """
                {"spentOn":"2026-03-15","amount":"77","currency":"EUR","mealType":"lunch"}
                """);

        assertThat(first.counts()).isEqualTo("1 recorded, 1 same, 2 refused");
        assertThat(sendUnder("k1", alice, file).response().body())
                .isEqualTo(first.response().body());
    }

    @Test
    void another_file_under_the_same_idempotency_key_is_refused_and_records_nothing() {
        sendUnder("k1", alice, TWO_MEALS);

        assertThat(sendUnder("k1", alice, "date,amount\n2026-03-20,5\n").problem())
                .isEqualTo("409 idempotency-conflict");
        assertThat(sendUnder("k1", alice, "hello").problem()).isEqualTo("409 idempotency-conflict");
        assertThat(recorded(alice)).hasSize(2);
    }

    @Test
    void an_idempotency_key_is_of_its_account_only_and_has_a_form() {
        var bob = UUID.randomUUID();
        register(bob);
        sendUnder("k1", alice, TWO_MEALS);

        assertThat(sendUnder("k1", bob, "date,amount\n2026-03-20,5\n").counts())
                .isEqualTo("1 recorded, 0 same, 0 refused");
        assertThat(sendUnder("a b", alice, TWO_MEALS).problem()).isEqualTo("400 validation");
    }

    @Test
    void only_members_may_and_that_is_told_before_the_file_is_looked_at() {
        var tooLarge = new byte[6_000_000];

        assertThat(send(upload("none", "file", tooLarge)).problem()).isEqualTo("401 unauthenticated");
        assertThat(send(upload(token(alice, "AUDITOR"), "file", tooLarge)).problem())
                .isEqualTo("403 forbidden");
        assertThat(send(upload(token(alice, "ADMIN"), "file", tooLarge)).problem())
                .isEqualTo("403 forbidden");
    }

    @Test
    void what_is_no_file_of_expenses_is_refused_in_words() {
        var member = token(alice, "MEMBER");
        var rows = "date,amount\n" + "2026-03-15,5\n".repeat(20_001);

        assertThat(send(upload(member, "file", new byte[6_000_000])).problem()).isEqualTo("413 too-large");
        assertThat(send(upload(member, "file", new byte[5_300_000]))
                        .json()
                        .get("detail")
                        .asString())
                .contains("5 MB");
        assertThat(send(upload(member, "file", rows.getBytes(UTF_8))).problem()).isEqualTo("422 refused");
        assertThat(send(upload(member, "file", new byte[0])).problem()).isEqualTo("422 nothing-to-import");
        assertThat(send(upload(member, "file", "hello".getBytes(UTF_8))).problem())
                .isEqualTo("422 nothing-to-import");
        assertThat(send(upload(member, "sheet", TWO_MEALS.getBytes(UTF_8))).problem())
                .isEqualTo("400 validation");
        assertThat(send(request("/import", member)
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString("{}")))
                        .problem())
                .isEqualTo("415 unsupported-media-type");
        assertThat(recorded(alice)).isEmpty();
    }

    @Test
    void the_description_says_what_is_sent_and_answered() {
        var document = send(HttpRequest.newBuilder(URI.create("http://localhost:%d/v3/api-docs".formatted(port)))
                .header("Authorization", "Bearer " + token(alice, "MEMBER")));
        var operation = document.json().at("/paths/~1api~1v1~1expenses~1import/post");

        assertThat(operation
                        .at("/requestBody/content/multipart~1form-data/schema/properties/file/format")
                        .asString())
                .isEqualTo("binary");
        assertThat(operation.at("/responses/200/content").toString()).contains("ImportResult");
        var row = document.json().at("/components/schemas/ImportRowResult");
        assertThat(row.at("/properties/status/enum")).hasToString("[\"recorded\",\"same\",\"refused\"]");
        assertThat(row.at("/required")).hasToString("[\"row\",\"status\"]");
    }

    /** The only import that the account has. */
    private static String importOf(UUID owner) {
        return log("name = 'MealExpenseRecorded' AND payload ->> 'ownerId' = ?", owner.toString())
                .getFirst()
                .payload()
                .get("importId")
                .asString();
    }

    private Answer undoAs(String importId, String token, String body, String... headers) {
        var request = HttpRequest.newBuilder(
                        URI.create("http://localhost:%d/api/v1/imports/%s/undo".formatted(port, importId)))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    private Answer undo(String body, String... headers) {
        return undoAs(importOf(alice), token(alice, "MEMBER"), body, headers);
    }

    private void delete(String id, String version, String... headers) {
        var request = request("/" + id, token(alice, "MEMBER")).header("If-Match", "\"%s\"".formatted(version));
        assertThat(send((headers.length == 0 ? request : request.headers(headers)).DELETE())
                        .status())
                .isEqualTo(204);
    }

    private static String undone(Answer answer) {
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        var json = answer.json();
        return "%s deleted, %s kept, %s gone, each: %s"
                .formatted(
                        json.get("deleted"),
                        json.get("kept"),
                        json.get("gone"),
                        json.get("expenses").values().stream()
                                .map(expense -> expense.get("status").asString())
                                .sorted()
                                .toList());
    }

    private static final String THREE_MEALS = TWO_MEALS + "2026-03-17,4.00,Corner Deli,snacks\n";

    private static final String BRUNCH =
            "{\"spentOn\":\"2026-03-15\",\"amount\":\"99\",\"currency\":\"USD\",\"mealType\":\"brunch\"}";

    @Test
    void an_import_is_taken_back_as_one_act_and_tells_so() {
        send(TWO_MEALS);

        var answer = undo("{\"reason\":\" Wrong file \"}");

        assertThat(undone(answer)).isEqualTo("2 deleted, 0 kept, 0 gone, each: [deleted, deleted]");
        assertThat(answer.header("ETag")).isEqualTo("\"1\"");
        var deletions = log("name = 'MealExpenseDeleted' AND payload ->> 'ownerId' = ?", alice.toString());
        var end = log("name = 'ImportUndone' AND payload ->> 'ownerId' = ?", alice.toString())
                .getFirst();
        assertThat(deletions).hasSize(2).allSatisfy(it -> {
            assertThat(it.payload().get("reason").asString()).isEqualTo("Import undone");
            assertThat(it.metadata().get("requestId")).isEqualTo(end.metadata().get("requestId"));
            assertThat(it.metadata().get("client").asString()).isEqualTo("api");
            assertThat(it.position()).isLessThan(end.position());
        });
        assertThat(end.payload().get("reason").asString()).isEqualTo("Wrong file");
        assertThat(answer.header("Consistency-Token")).isNotEmpty();
        assertThat(log("name = 'ImportApplied' AND payload ->> 'ownerId' = ?", alice.toString())
                        .getFirst()
                        .payload()
                        .get("fileName")
                        .asString())
                .isEqualTo("expenses.csv");
    }

    @Test
    void what_was_changed_since_stays_unless_it_is_asked_for_too() {
        var ids = send(THREE_MEALS).ids();
        amend(ids.get(0), "0", BRUNCH);
        delete(ids.get(2), "0");

        var answer = undo("{}");
        assertThat(undone(answer)).isEqualTo("1 deleted, 1 kept, 1 gone, each: [deleted, gone, kept]");
        assertThat(answer.json().get("expenses").values())
                .filteredOn(expense -> expense.get("status").asString().equals("kept"))
                .extracting(expense -> expense.get("expenseId").asString())
                .containsExactly(ids.get(0));
        assertThat(undo("{}").problem()).isEqualTo("410 gone");
        assertThat(undo("{}").header("ETag")).isEqualTo("\"1\"");
        assertThat(undone(undo("{\"changedToo\":true}")))
                .isEqualTo("1 deleted, 0 kept, 2 gone, each: [deleted, gone, gone]");
        assertThat(undo("{\"changedToo\":true}").problem()).isEqualTo("410 gone");
    }

    @Test
    void what_was_restored_is_wanted_and_stays() {
        var id = send(TWO_MEALS).ids().getFirst();
        delete(id, "0");
        assertThat(send(request("/" + id + "/restore", token(alice, "MEMBER"))
                                .header("If-Match", "\"1\"")
                                .POST(HttpRequest.BodyPublishers.noBody()))
                        .status())
                .isEqualTo(204);

        assertThat(undone(undo("{}"))).isEqualTo("1 deleted, 1 kept, 0 gone, each: [deleted, kept]");
    }

    @Test
    void an_undoing_that_was_cut_short_is_finished_and_counts_the_whole() {
        var ids = send(THREE_MEALS).ids();
        // what the attempt that was cut short had come to: one deletion under the undoing's own key, and no end
        delete(ids.get(1), "0", "Idempotency-Key", "undo-%s-0".formatted(importOf(alice)));

        assertThat(undone(undo("{}"))).isEqualTo("3 deleted, 0 kept, 0 gone, each: [deleted, deleted, deleted]");
        assertThat(log("name = 'MealExpenseDeleted' AND payload ->> 'ownerId' = ?", alice.toString()))
                .hasSize(3);
    }

    @Test
    void so_is_the_undoing_of_an_import_that_had_no_end_itself() {
        var id = UUID.randomUUID();
        var imported = UUID.randomUUID();
        publish("MealExpense", id, recordedBy(alice, id, imported));

        var answer = undoAs(imported.toString(), token(alice, "MEMBER"), "{}");

        assertThat(undone(answer)).isEqualTo("1 deleted, 0 kept, 0 gone, each: [deleted]");
        assertThat(answer.header("ETag")).isEqualTo("\"0\"");
    }

    private static MealExpenseRecorded recordedBy(UUID owner, UUID id, UUID importId) {
        return new MealExpenseRecorded(
                id,
                owner,
                importId,
                LocalDate.of(2026, 3, 15),
                null,
                null,
                new BigDecimal("12.50"),
                "EUR",
                null,
                null,
                "lunch",
                null,
                null,
                null,
                null,
                "Corner Deli",
                List.of(),
                null,
                List.of(),
                null);
    }

    @Test
    void under_a_key_an_undoing_asked_for_again_gets_its_first_answer() {
        var ids = send(THREE_MEALS).ids();
        amend(ids.get(0), "0", BRUNCH);
        var first = undo("{}", "Idempotency-Key", "k1");
        delete(ids.get(0), "1");

        var again = undo("{}", "Idempotency-Key", "k1");

        assertThat(undone(again)).isEqualTo(undone(first)).startsWith("2 deleted, 1 kept, 0 gone");
        assertThat(again.header("Consistency-Token")).isEqualTo(first.header("Consistency-Token"));
        assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));
        assertThat(undo("{\"changedToo\":true}", "Idempotency-Key", "k1").problem())
                .isEqualTo("409 idempotency-conflict");
    }

    @Test
    void an_undone_file_sent_again_records_nothing() {
        send(TWO_MEALS);
        undo("{}");

        assertThat(send(TWO_MEALS).counts()).isEqualTo("0 recorded, 2 same, 0 refused");
        assertThat(undo("{}").problem()).isEqualTo("410 gone");
    }

    @Test
    void nothing_of_an_import_that_only_met_known_rows_can_be_undone() {
        send(TWO_MEALS);
        sendUnder("k2", alice, TWO_MEALS);
        var known = log("name = 'ImportApplied' AND payload ->> 'ownerId' = ?", alice.toString())
                .getLast()
                .payload()
                .get("importId")
                .asString();

        assertThat(undoAs(known, token(alice, "MEMBER"), "{}").problem()).isEqualTo("409 conflict");
    }

    @Test
    void somebody_elses_import_is_answered_like_an_absent_one_and_other_roles_are_refused_first() {
        var id = send(TWO_MEALS).ids().getFirst();
        var importId = importOf(alice);
        var bob = token(UUID.randomUUID(), "MEMBER");

        assertThat(undoAs(importId, bob, "{}").problem()).isEqualTo("404 not-found");
        assertThat(undoAs(UUID.randomUUID().toString(), bob, "{}").problem()).isEqualTo("404 not-found");
        assertThat(undoAs(id, token(alice, "MEMBER"), "{}").problem()).isEqualTo("404 not-found");
        assertThat(undoAs(importId, "none", "{}").problem()).isEqualTo("401 unauthenticated");
        assertThat(undoAs(importId, token(alice, "AUDITOR"), "{").problem()).isEqualTo("403 forbidden");
        assertThat(undoAs(importId, token(alice, "ADMIN"), "{}").problem()).isEqualTo("403 forbidden");
        assertThat(undoAs(importId, token(alice, "MEMBER"), "{\"all\":true}").status())
                .isEqualTo(400);
        assertThat(recorded(alice)).hasSize(2);
        assertThat(log("name = 'MealExpenseDeleted' AND payload ->> 'ownerId' = ?", alice.toString()))
                .isEmpty();
    }
}
