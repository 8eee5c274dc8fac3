package io.mealexpense.system;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mealexpense.system.Api.Member;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Whatever is sent, the answer is a problem that says what is wrong, at once, and nothing is recorded. */
class BadInputIT {

    private static final Duration AT_ONCE = Duration.ofSeconds(5);
    private static final String LUNCH = """
            {"spentOn":"2026-03-15","amount":"12.50","currency":"EUR","mealType":"lunch"}""";
    private static final String ABSENT = "/expenses/01990000-0000-7000-8000-000000000000";

    @TestFactory
    Stream<DynamicTest> standalone_refuses() {
        var product = Standalone.running();
        return new Refusals(product.api(), product.log(), product.forge()).all();
    }

    @TestFactory
    Stream<DynamicTest> distributed_refuses() {
        var product = Distributed.running();
        return new Refusals(product.api(), product.log(), product.forge()).all();
    }

    /** An answer, however it was got. */
    private record Seen(int status, String type, byte[] body) {

        static Seen of(Api.Answer answer) {
            return new Seen(
                    answer.status(),
                    answer.header("Content-Type"),
                    answer.response().body());
        }

        @Override
        public String toString() {
            return status + " " + type + " " + new String(body, UTF_8);
        }
    }

    /** The table of bad requests, against one form of the product. */
    private static final class Refusals {

        private final Api nobody;
        private final Log log;
        private final TokenForge forge;
        private final Member member;
        private final Member other;
        private final Api api;
        private final List<DynamicTest> tests = new ArrayList<>();

        Refusals(Api nobody, Log log, TokenForge forge) {
            this.nobody = nobody;
            this.log = log;
            this.forge = forge;
            this.member = nobody.register();
            this.other = nobody.register();
            this.api = member.api();
        }

        Stream<DynamicTest> all() {
            wrongJson();
            wrongFields();
            wrongTexts();
            wrongBodies();
            wrongVersionsAndIds();
            wrongTokens();
            wrongQueries();
            wrongAccounts();
            wrongOperatorActs();
            wrongHttp();
            return tests.stream();
        }

        private void refused(String name, int status, @Nullable String field, Supplier<Seen> request) {
            tests.add(DynamicTest.dynamicTest(name, () -> {
                var head = log.head();
                var began = System.nanoTime();
                var seen = request.get();
                var took = Duration.ofNanos(System.nanoTime() - began);
                requireProblem(name, seen, status, field);
                assertThat(took).as(name).isLessThan(AT_ONCE);
                assertThat(log.head()).as("%s: nothing is recorded", name).isEqualTo(head);
            }));
        }

        private static void requireProblem(String name, Seen seen, int status, @Nullable String field) {
            var told = name + ": " + seen;
            assertThat(seen.status).as(told).isEqualTo(status).isBetween(400, 499);
            assertThat(seen.type).as(told).startsWith("application/problem+json");
            var problem = Api.JSON.readTree(seen.body);
            assertThat(problem.path("type").asString()).as(told).matches("/problems/[a-z-]+");
            assertThat(problem.path("title").asString()).as(told).isNotBlank();
            assertThat(problem.path("status").asInt()).as(told).isEqualTo(status);
            assertThat(problem.path("traceId").asString()).as(told).isNotBlank();
            assertThat(told).doesNotContain("Exception", "io.mealexpense", "org.spring", "jackson", "\tat ");
            if (field != null) {
                var errors = problem.path("errors").valueStream().toList();
                assertThat(errors)
                        .as(told)
                        .anySatisfy(error ->
                                assertThat(error.path("field").asString()).isEqualTo(field))
                        .allSatisfy(error ->
                                assertThat(error.path("message").asString()).isNotBlank());
            }
        }

        private void refused(String name, int status, @Nullable String field, Api.Call call) {
            refused(name, status, field, () -> Seen.of(call.send()));
        }

        private void json(String name, int status, @Nullable String field, String body) {
            refused(name, status, field, api.call("POST", "/expenses").raw(body.getBytes(UTF_8), "application/json"));
        }

        /** A lunch in which one field is replaced by this JSON. */
        private void field(String field, String json) {
            field(field, json, 400, field);
        }

        private void field(String field, String json, int status, String told) {
            var others = LUNCH.substring(1, LUNCH.length() - 1)
                    .replaceFirst("\"" + field + "\":\"[^\"]*\",?", "")
                    .replaceFirst(",$", "");
            var shown = json.length() > 40 ? json.substring(0, 40) + "…" : json;
            json(
                    field + " " + shown.replaceAll("[^ -~…]", "?"),
                    status,
                    told,
                    "{%s,\"%s\":%s}".formatted(others, field, json));
        }

        private void fields(String field, String values) {
            words(values).forEach(value -> field(field, value));
        }

        private void wrongJson() {
            json("no body", 400, null, "");
            json("half an object", 400, null, "{\"spentOn\":");
            json("not JSON at all", 400, null, "spentOn=2026-03-15&amount=12.50");
            json("an array", 400, "body", "[" + LUNCH + "]");
            json("a string", 400, "body", "\"lunch\"");
            json("null", 400, null, "null");
            json("an empty object", 400, "amount", "{}");
            json("trailing text", 400, null, LUNCH + " and more");
            json("a second object", 400, null, LUNCH + LUNCH);
            json("a duplicate key", 400, null, LUNCH.replace("}", ",\"amount\":\"12.51\"}"));
            json("an unknown field", 400, "colour", LUNCH.replace("}", ",\"colour\":\"red\"}"));
            json("a comment", 400, null, LUNCH.replace("{", "{/* lunch */"));
            json("single quotes", 400, null, LUNCH.replace('"', '\''));
            json("not a number", 400, null, LUNCH.replace("}", ",\"partySize\":NaN}"));
            json("a control character", 400, null, LUNCH.replace("lunch", "lu\nnch"));
            json("ten thousand arrays", 400, null, "{\"tags\":" + "[".repeat(10_000));
            json("ten thousand objects", 400, null, "{\"a\":".repeat(10_000));
            for (var assigned :
                    List.of("version", "ownerId", "recordedAt", "amendedAt", "deletedAt", "receipts", "importId")) {
                json(
                        "a " + assigned + " of the client's",
                        400,
                        assigned,
                        LUNCH.replace("}", ",\"" + assigned + "\":null}"));
            }
        }

        private void wrongFields() {
            fields("amount", """
                    12.5 1E+100000000 "1E+100000000" "1e5" "12.345" "0" "0.00" "-0.00" "+5" "1,50" "" "٣" "0x10" "NaN"
                    "Infinity" "012" "1." ".5" "1000000000000" null true {} ["1"]""");
            field("amount", "\" 5\"");
            field("amount", "\"" + "9".repeat(100_000) + "\"");
            field("amount", "\"0." + "0".repeat(100_000) + "1\"");
            json("half a yen", 400, "amount", LUNCH.replace("EUR", "JPY"));
            fields("currency", """
                    "eur" "EURO" "XXX" "XAU" "DEM" "QQQ" "" 978 null""");
            fields("spentOn", """
                    "2026-02-30" "2025-02-29" "2026-13-01" "2026-2-3" "15.03.2026" "1969-12-31" "-0001-01-01"
                    "+10000-01-01" "10000-01-01" "2026-03-15T12:00:00Z" "" 20260315 null [2026,3,15]""");
            field("spentOn", "\"9999-12-31\"", 422, "spentOn");
            fields("spentAt", """
                    "25:00" "12:60" "12:30:15" "noon" "24:00" 1230""");
            fields("zone", """
                    "Mars/Phobos" "" 1""");
            field("zone", "\"" + "x".repeat(100) + "\"");
            fields("mealType", """
                    "feast" "LUNCH" "" 2 null""");
            fields("orderType", """
                    "drone" "" 1""");
            fields("partySize", """
                    0 -1 1001 2.5 "2" 1e9 99999999999999999999 true""");
            field("tax", "\"1.234\"");
            field("tax", "\"-1.00\"");
            field("tip", "1");
            field("tip", "\"abc\"");
            field("categoryId", "\"abc\"");
            field("categoryId", "7");
            field("categoryId", "\"" + Expenses.newId() + "\"", 422, "categoryId");
            field("categoryId", "\"" + other.categories().get("Drinks") + "\"", 422, "categoryId");
            field("restaurantId", "\"../../etc/passwd\"");
            field("restaurantId", "\"" + Expenses.newId() + "\"", 422, "restaurantId");
            field("id", "\"" + UUID.randomUUID() + "\"");
            field("id", "\"1\"");
            field("id", "\"" + Expenses.newId() + " \"");
        }

        private void wrongTexts() {
            for (var text : List.of("place", "purpose", "notes")) {
                field(text, "\"a\\u0000b\"");
                field(text, "\"\\ud83c\"");
                field(text, "\"\\udf5c\\ud83c\"");
                field(text, "\"" + "x".repeat(5_000) + "\"");
                field(text, "12");
                field(text, "[\"x\"]");
            }
            field("tags", "[\"a\\u0000\"]", 400, "tags[0]");
            field("tags", "[\"ok\",\"\\ud83c\"]", 400, "tags[1]");
            field("tags", "[\"a,b\"]", 400, "tags[0]");
            field("tags", "[\"\"]", 400, "tags[0]");
            field("tags", "[null]", 400, "tags[0]");
            field("tags", "[1]", 400, "tags[0]");
            field("tags", "[\"" + "x".repeat(51) + "\"]", 400, "tags[0]");
            field("tags", "[" + "\"x\",".repeat(30) + "\"x\"]");
            field("tags", "\"lunch\"");
            field("attendees", "[\"\\u0000\"]", 400, "attendees[0]");
            field("attendees", "[[]]", 400, "attendees[0]");
            json("an unknown field with a null character", 400, null, LUNCH.replace("}", ",\"a\\u0000\":1}"));
            json("a megabyte of notes", 413, null, LUNCH.replace("}", ",\"notes\":\"" + "x".repeat(1 << 20) + "\"}"));
            var invalid = LUNCH.replace("lunch", "lu?ch").getBytes(UTF_8);
            invalid[new String(invalid, UTF_8).indexOf('?')] = (byte) 0xFF;
            refused(
                    "bytes that are no UTF-8",
                    400,
                    null,
                    api.call("POST", "/expenses").raw(invalid, "application/json"));
            var overlong = LUNCH.replace("lunch", "lu??ch").getBytes(ISO_8859_1);
            var at = new String(overlong, ISO_8859_1).indexOf('?');
            overlong[at] = (byte) 0xC0;
            overlong[at + 1] = (byte) 0x80;
            refused("an overlong null", 400, null, api.call("POST", "/expenses").raw(overlong, "application/json"));
        }

        private void wrongBodies() {
            for (var type : List.of("text/plain", "application/xml", "application/x-www-form-urlencoded", "x/y")) {
                refused(type, 415, null, api.call("POST", "/expenses").raw(LUNCH.getBytes(UTF_8), type));
            }
            refused(
                    "a form without a boundary",
                    415,
                    null,
                    api.call("POST", "/expenses").raw(LUNCH.getBytes(UTF_8), "multipart/form-data"));
            refused(
                    "no content type",
                    415,
                    null,
                    () -> raw(request("POST", "/api/v1/expenses", "Content-Length: " + LUNCH.length()) + LUNCH));
            refused(
                    "garbage for a content type",
                    415,
                    null,
                    () -> raw(request("POST", "/api/v1/expenses", "Content-Type: ;;;", "Content-Length: 2") + "{}"));
            refused(
                    "a huge body in chunks",
                    413,
                    null,
                    api.call("POST", "/expenses")
                            .body(BodyPublishers.ofInputStream(() -> new Blanks(8 << 20)), "application/json"));
            refused(
                    "a huge length without a body",
                    413,
                    null,
                    () -> raw(request(
                            "POST",
                            "/api/v1/expenses",
                            "Content-Type: application/json",
                            "Content-Length: 99999999999")));
            refused(
                    "something else than JSON asked for",
                    406,
                    null,
                    () -> raw(request("GET", "/api/v1/expenses", "Accept: image/png")));
            refused(
                    "a file that is none",
                    415,
                    null,
                    api.call("POST", "/expenses/import").json(Map.of()));
            refused(
                    "a multipart body without its end",
                    400,
                    null,
                    api.call("POST", "/expenses/import")
                            .raw(
                                    "--x\r\nContent-Disposition: form".getBytes(UTF_8),
                                    "multipart/form-data; boundary=x"));
        }

        private void wrongVersionsAndIds() {
            var lunch =
                    api.post("/expenses", Expenses.lunch("12.50")).patiently().expect(201);
            var path = "/expenses/" + lunch.json().path("id").asString();
            var foreign = other.api();
            var change = Expenses.lunch("13.00");
            refused("no version", 428, null, api.put(path, change));
            refused("no version of an absent one", 428, null, api.put(ABSENT, change));
            for (var version : List.of(
                    "*", "0", "\"x\"", "\"-1\"", "\"99999999999999999999\"", "\"0\", \"1\"", "\"\"", "W/0", "\"00\"")) {
                refused(
                        "version " + version,
                        400,
                        "If-Match",
                        api.put(path, change).ifMatch(version));
            }
            refused("a stale version", 412, null, api.put(path, change).ifMatch("\"7\""));
            refused("a stale version to delete", 412, null, api.delete(path).ifMatch("\"7\""));
            refused(
                    "a wrong amount before a stale version",
                    400,
                    "amount",
                    api.put(path, Expenses.lunch("0")).ifMatch("\"7\""));
            refused(
                    "restoring what is not deleted",
                    409,
                    null,
                    api.post(path + "/restore", Map.of()).ifMatch("\"0\""));
            for (var id : List.of(path, ABSENT)) {
                refused("amending " + id, 404, null, foreign.put(id, change).ifMatch("\"0\""));
                refused("deleting " + id, 404, null, foreign.delete(id).ifMatch("\"0\""));
                refused(
                        "restoring " + id,
                        404,
                        null,
                        foreign.post(id + "/restore", Map.of()).ifMatch("\"0\""));
                refused("reading " + id, 404, null, foreign.get(id));
                refused("the history of " + id, 404, null, foreign.get(id + "/history"));
            }
            for (var id : List.of(
                    "1", "abc", "01990000-0000-7000-8000", "01990000-0000-7000-8000-00000000000g", "%2e%2e", "%00")) {
                refused(
                        "amending id " + id,
                        400,
                        null,
                        api.put("/expenses/" + id, change).ifMatch("\"0\""));
                refused("reading id " + id, 400, null, api.get("/expenses/" + id));
            }
            var used = lunch.json().path("id").asString();
            refused("an id that is used", 409, null, api.post("/expenses", Expenses.with(change, "id", used)));
            refused(
                    "an id that another one uses",
                    409,
                    null,
                    foreign.post("/expenses", Expenses.with(change, "id", used)));
            refused(
                    "a long idempotency key",
                    400,
                    "Idempotency-Key",
                    api.put(path, change).ifMatch("\"0\"").key("x".repeat(300)));
            refused(
                    "a long reason",
                    400,
                    "reason",
                    api.delete(path + "?reason=" + "x".repeat(600)).ifMatch("\"0\""));
            refused(
                    "a null in a reason",
                    400,
                    "reason",
                    api.delete(path + "?reason=a%00b").ifMatch("\"0\""));
            refused(
                    "half a surrogate in a reason",
                    400,
                    "reason",
                    api.delete(path + "?reason=%ED%A0%80").ifMatch("\"0\""));
            refused(
                    "a reason twice the wrong way",
                    400,
                    "reason",
                    api.put(path, Expenses.with(change, "reason", 7)).ifMatch("\"0\""));
            refused("an unknown method", 405, null, api.call("PATCH", path));
            refused("deleting all", 405, null, api.delete("/expenses"));
            refused("an unknown resource", 404, null, api.get("/nothing"));
            refused("an unknown resource to change", 404, null, api.post("/nothing", Map.of()));
            var category = member.categories().get("Drinks");
            var look = Map.of("name", "Drinks", "colour", "#0E7490", "icon", "glass");
            refused("a category without a version", 428, null, api.put("/categories/" + category, look));
            refused(
                    "a category of another one",
                    404,
                    null,
                    foreign.put("/categories/" + category, look).ifMatch("\"0\""));
            refused(
                    "no colour",
                    400,
                    "colour",
                    api.post("/categories", Expenses.with(Map.copyOf(look), "colour", "red")));
            refused("no icon", 400, "icon", api.post("/categories", Expenses.with(Map.copyOf(look), "icon", "<svg>")));
            refused("no name", 400, "name", api.post("/categories", Expenses.with(Map.copyOf(look), "name", " ")));
        }

        private void wrongTokens() {
            var genuine = api.token();
            tests.add(DynamicTest.dynamicTest("(a token of the forge is taken while it is fresh)", () -> {
                var fresh = nobody.as(forge.expiringAt(genuine, Instant.now().plusSeconds(200)));
                fresh.get("/expenses").send().expect(200);
                fresh.get("/auth/me").send().expect(200);
            }));
            var tokens = Map.of(
                    "an expired token", forge.expiringAt(genuine, Instant.now().minusSeconds(30)),
                    "a token signed by anybody", forge.signedByAnybody(genuine),
                    "a token without a signature", forge.unsigned(genuine),
                    "somebody else's id in a token", forge.withSubject(genuine, other.id()),
                    "half a token", genuine.substring(0, genuine.length() / 2),
                    "garbage for a token", "%00.%ff.x",
                    "six thousand letters", "x".repeat(6_000));
            tokens.forEach((name, token) -> {
                var forged = nobody.as(token);
                refused(name + " to read", 401, null, forged.get("/expenses"));
                refused(name + " to record", 401, null, forged.post("/expenses", Expenses.lunch("1.00")));
                refused(name + " and a wrong body", 401, null, forged.put(ABSENT, Map.of("amount", 1)));
            });
            for (var path : List.of(
                    "/expenses",
                    ABSENT,
                    "/reports/monthly",
                    "/categories",
                    "/tags",
                    "/projections",
                    "/audit/events",
                    "/auth/me")) {
                refused("nobody reading " + path, 401, null, nobody.get(path));
            }
            for (var path : List.of("/projections", "/audit/events", "/auth/accounts")) {
                refused("a member reading " + path, 403, null, api.get(path));
            }
            refused(
                    "another kind of credentials",
                    401,
                    null,
                    () -> raw(
                            "GET /api/v1/expenses HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic YTpi\r\nConnection: close\r\n\r\n"));
        }

        private void wrongQueries() {
            for (var query : words("""
                    limit=0 limit=201 limit=-1 limit=x limit=99999999999 from=2026-02-30 to=yesterday
                    from=99999-01-01 cursor=abc cursor=%00 sort=bogus minAmount=1E9 minAmount=abc
                    currency=euro mealType=feast orderType=drone state=bogus categoryId=xyz restaurantId=xyz
                    q=%00 q=%ED%A0%80 ownerId=abc tag=%00""")) {
                refused(
                        "the list of " + query,
                        400,
                        query.substring(0, query.indexOf('=')),
                        api.get("/expenses?" + query));
            }
            refused("the list from a day after its end", 400, null, api.get("/expenses?from=2026-03-02&to=2026-03-01"));
            refused("the list by amounts of any currency", 400, null, api.get("/expenses?sort=amount"));
            refused("the list of another member", 403, null, api.get("/expenses?ownerId=" + other.id()));
            refused(
                    "a token that is none",
                    400,
                    "Consistency-Token",
                    api.get("/expenses").header("Consistency-Token", "x"));
            for (var report : words("""
                    monthly?from=2026-13 monthly?from=2026-01-01 monthly?to=%00 categories?from=2026-02-30
                    categories?from=2026-01 spending?groupBy=owner spending?groupBy=month&from=x""")) {
                refused("the report " + report, 400, null, api.get("/reports/" + report));
            }
            refused("the report of another member", 403, null, api.get("/reports/monthly?ownerId=" + other.id()));
            refused("an export of no format", 400, "format", api.get("/expenses/export?format=exe"));
            refused("categories of no state", 400, "state", api.get("/categories?state=x"));
        }

        private void wrongAccounts() {
            var account = Map.<String, Object>of(
                    "email",
                    "x" + UUID.randomUUID() + "@example.test",
                    "password",
                    "Correct-horse-1",
                    "displayName",
                    "X");
            account("password", "short", account);
            account("password", "x".repeat(129), account);
            account("password", 123456789012L, account);
            account("email", "nobody", account);
            account("email", "a@b@c", account);
            account("email", "x".repeat(300) + "@example.test", account);
            account("displayName", "", account);
            account("displayName", "x".repeat(1_000), account);
            account("displayName", "a\0b", account);
            account("currency", "XXX", account);
            account("zone", "Mars/Phobos", account);
            account("roles", List.of("ADMIN"), account);
            refused(
                    "a known address",
                    409,
                    null,
                    nobody.post("/auth/register", Expenses.with(account, "email", member.email())));
            var wrong = Map.of("email", member.email(), "password", "Wrong-horse-12");
            refused("a wrong password", 401, null, nobody.post("/auth/login", wrong));
            refused(
                    "an unknown address",
                    401,
                    null,
                    nobody.post("/auth/login", Expenses.with(Map.copyOf(wrong), "email", "x@y.test")));
            refused(
                    "a sign-in with numbers",
                    400,
                    "password",
                    nobody.post("/auth/login", Map.of("email", "a@b.test", "password", 1)));
            refused("a refresh token of nobody", 401, null, nobody.post("/auth/refresh", Map.of("refreshToken", "x")));
            refused("a set-up with a guessed token", 410, null, setup(account));
            refused(
                    "a role nobody knows",
                    403,
                    null,
                    api.call("PUT", "/auth/accounts/" + member.id() + "/roles/ADMIN"));
            refused(
                    "a password changed with a wrong one",
                    422,
                    "currentPassword",
                    api.put(
                            "/auth/password",
                            Map.of("currentPassword", "Wrong-horse-12", "newPassword", "Other-horse-12")));
        }

        private void wrongOperatorActs() {
            var admin = Staff.administrator(nobody.base()).api();
            var report = "/projections/monthly-report";
            var rebuild = "/rebuilds/01990000-0000-7000-8000-000000000000";
            var letter = "/dead-letters/01990000-0000-7000-8000-000000000000";
            var why = Map.<String, Object>of("reason", "Why not");
            var seen = Map.<String, Object>of("reason", "Why not", "comparedAt", 7);
            for (var path : List.of(
                    "/rebuilds",
                    report + "/rebuilds",
                    rebuild + "/swap",
                    rebuild + "/cancel",
                    report + letter + "/retry",
                    report + letter + "/discard")) {
                refused("nobody at " + path, 401, null, nobody.post(path, why));
                refused("a member at " + path, 403, null, api.post(path, why));
                for (var reason : List.of(
                        "{}",
                        "{\"reason\":null}",
                        "{\"reason\":\" \\n \"}",
                        "{\"reason\":7}",
                        "{\"reason\":[\"x\"]}",
                        "{\"reason\":\"a\\u0000b\"}",
                        "{\"reason\":\"\\ud83c\"}")) {
                    refused(
                            path + " with " + reason,
                            400,
                            "reason",
                            admin.call("POST", path).raw(reason.getBytes(UTF_8), "application/json"));
                }
                refused(
                        path + " with a long reason",
                        400,
                        "reason",
                        admin.post(path, Map.of("reason", "x".repeat(501))));
                refused(path + " and more", 400, "colour", admin.post(path, Expenses.with(why, "colour", "red")));
                refused(
                        path + " with no body",
                        400,
                        null,
                        admin.call("POST", path).raw(new byte[0], "application/json"));
            }
            for (var name : List.of("lunch-list", "control", "Monthly-Report", "%00", "..%2frebuilds")) {
                var path = "/projections/" + name;
                var status = name.startsWith("%") || name.startsWith(".") ? 400 : 404;
                refused("a rebuild of " + name, status, null, admin.post(path + "/rebuilds", why));
                refused("a letter of " + name, status, null, admin.post(path + letter + "/retry", why));
            }
            for (var projections : List.of("[]", "\"monthly-report\"", "{}", "7")) {
                projections(admin, "projections", projections);
            }
            projections(admin, "projections[0]", "[\"lunch-list\"]");
            projections(admin, "projections[0]", "[null]");
            projections(admin, "projections[1]", "[\"monthly-report\",\"monthly-report\"]");
            for (var id : List.of("", "1", UUID.randomUUID().toString(), Expenses.newId() + " ")) {
                refused(
                        "a rebuild by the id '%s'".formatted(id),
                        400,
                        "id",
                        admin.post("/rebuilds", Expenses.with(why, "id", id)));
            }
            var used = api.post("/expenses", Expenses.lunch("12.50"))
                    .patiently()
                    .expect(201)
                    .json()
                    .path("id")
                    .asString();
            refused(
                    "a rebuild by the id of an expense",
                    409,
                    null,
                    admin.post("/rebuilds", Expenses.with(why, "id", used)));
            refused("swapping an expense", 404, null, admin.post("/rebuilds/" + used + "/swap", seen));
            refused("swapping what nobody requested", 404, null, admin.post(rebuild + "/swap", seen));
            refused("cancelling what nobody requested", 404, null, admin.post(rebuild + "/cancel", why));
            for (var comparedAt : Arrays.asList(null, -1, "7", 1.5, true)) {
                refused(
                        "a swap on comparison " + comparedAt,
                        400,
                        "comparedAt",
                        admin.post(rebuild + "/swap", Expenses.with(why, "comparedAt", comparedAt)));
            }
            for (var act : List.of("/retry", "/discard")) {
                refused("a letter of what never happened", 404, null, admin.post(report + letter + act, why));
            }
            refused("cancelling no id", 400, null, admin.post("/rebuilds/1/cancel", why));
            refused("retrying no id", 400, null, admin.post(report + "/dead-letters/1/retry", why));
            refused(
                    "a long idempotency key of an act",
                    400,
                    "Idempotency-Key",
                    admin.post(report + letter + "/retry", why).key("x".repeat(300)));
        }

        private void projections(Api admin, String field, String projections) {
            refused(
                    "a rebuild of " + projections,
                    400,
                    field,
                    admin.call("POST", "/rebuilds")
                            .raw(
                                    "{\"reason\":\"Why not\",\"projections\":%s}"
                                            .formatted(projections)
                                            .getBytes(UTF_8),
                                    "application/json"));
        }

        private Api.Call setup(Map<String, Object> account) {
            return nobody.post("/auth/setup", Expenses.with(account, "token", "guess"));
        }

        private void account(String field, Object value, Map<String, Object> account) {
            var text = String.valueOf(value).replaceAll("[^ -~]", "?");
            refused(
                    "an account with %s %s".formatted(field, text.substring(0, Math.min(30, text.length()))),
                    400,
                    field,
                    nobody.post("/auth/register", Expenses.with(account, field, value)));
        }

        private void wrongHttp() {
            var get = "GET /api/v1/expenses ";
            var host = "Host: localhost\r\n";
            var end = "Connection: close\r\n\r\n";
            var requests = Map.ofEntries(
                    Map.entry("a line of nonsense", "NONSENSE\r\n\r\n"),
                    Map.entry("no path", "GET\r\n" + host + end),
                    Map.entry("no protocol to speak of", get + "FTP/1.0\r\n" + host + end),
                    Map.entry("no host", get + "HTTP/1.1\r\n" + end),
                    Map.entry("two hosts", get + "HTTP/1.1\r\n" + host + host + end),
                    Map.entry("a bad host", get + "HTTP/1.1\r\nHost: a b\r\n" + end),
                    Map.entry("a header without a colon", get + "HTTP/1.1\r\n" + host + "Nonsense\r\n" + end),
                    Map.entry("a header with a null", get + "HTTP/1.1\r\n" + host + "X-A: a\0b\r\n" + end),
                    Map.entry("a space in a header's name", get + "HTTP/1.1\r\n" + host + "X A: b\r\n" + end),
                    Map.entry("characters no path may have", "GET /api/v1/expenses/{a}|\\^ HTTP/1.1\r\n" + host + end),
                    Map.entry("a bad escape", "GET /api/v1/expenses/%zz HTTP/1.1\r\n" + host + end),
                    Map.entry("an escaped slash", "GET /api/v1/expenses/..%2f..%2fetc HTTP/1.1\r\n" + host + end),
                    Map.entry("a path out of the tree", "GET /../../etc/passwd HTTP/1.1\r\n" + host + end),
                    Map.entry("an escaped null", "GET /api/v1/expenses/%00 HTTP/1.1\r\n" + host + end),
                    Map.entry("a very long path", "GET /api/v1/" + "x".repeat(20_000) + " HTTP/1.1\r\n" + host + end),
                    Map.entry(
                            "a very long header",
                            get + "HTTP/1.1\r\n" + host + "X-A: " + "x".repeat(30_000) + "\r\n" + end),
                    Map.entry("a thousand headers", get + "HTTP/1.1\r\n" + host + "X-A: x\r\n".repeat(1_000) + end),
                    Map.entry("two lengths", chunked("Content-Length: 2\r\nContent-Length: 3\r\n", "{}")),
                    Map.entry("a negative length", chunked("Content-Length: -1\r\n", "{}")),
                    Map.entry("a length that is none", chunked("Content-Length: two\r\n", "{}")),
                    Map.entry("a chunk of no size", chunked("Transfer-Encoding: chunked\r\n", "zz\r\n{}\r\n0\r\n\r\n")),
                    Map.entry(
                            "a length and chunks",
                            chunked("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")));
            requests.forEach((name, request) -> tests.add(DynamicTest.dynamicTest(name, () -> {
                var head = log.head();
                var seen = raw(request);
                requireProblem(name, seen, seen.status, null);
                assertThat(log.head()).as("%s: nothing is recorded", name).isEqualTo(head);
            })));
        }

        private String chunked(String headers, String body) {
            return "POST /api/v1/expenses HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + api.token()
                    + "\r\nContent-Type: application/json\r\nConnection: close\r\n" + headers + "\r\n" + body;
        }

        private String request(String method, String path, String... headers) {
            return method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer "
                    + api.token() + "\r\n" + String.join("\r\n", headers) + "\r\n\r\n";
        }

        private Seen raw(String request) {
            return rawAnswer(nobody.base(), request);
        }
    }

    private static List<String> words(String text) {
        return List.of(text.split("\\s+"));
    }

    /** Sends bytes as they are; an HTTP client would refuse to. */
    private static Seen rawAnswer(URI base, String request) {
        try (var socket = new Socket(base.getHost(), base.getPort())) {
            socket.setSoTimeout((int) AT_ONCE.toMillis());
            var out = socket.getOutputStream();
            out.write(request.getBytes(ISO_8859_1));
            out.flush();
            var answer = new ByteArrayOutputStream();
            try {
                for (int next;
                        !complete(answer) && (next = socket.getInputStream().read()) >= 0; ) {
                    answer.write(next);
                }
            } catch (SocketTimeoutException keptOpen) {
                // what came is judged
            }
            return parsed(answer.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Some connections stay open although the answer is all there. */
    private static boolean complete(ByteArrayOutputStream answer) {
        var text = answer.toString(ISO_8859_1);
        var end = text.indexOf("\r\n\r\n");
        var length = Pattern.compile("(?i)\r\nContent-Length: *(\\d+)").matcher(text);
        return end > 0 && length.find() && text.length() >= end + 4 + Integer.parseInt(length.group(1));
    }

    private static Seen parsed(byte[] answer) {
        var text = new String(answer, ISO_8859_1);
        var end = text.indexOf("\r\n\r\n");
        if (!text.startsWith("HTTP/1.1 ") || end < 0) {
            return new Seen(0, "", answer);
        }
        var head = text.substring(0, end);
        var type = head.replaceFirst("(?is).*\r\nContent-Type: *([^\r]*).*", "$1");
        var body = Arrays.copyOfRange(answer, end + 4, answer.length);
        var chunked = head.toLowerCase(Locale.ROOT).contains("transfer-encoding: chunked");
        return new Seen(Integer.parseInt(head.substring(9, 12)), type, chunked ? joined(body) : body);
    }

    private static byte[] joined(byte[] chunks) {
        var text = new String(chunks, ISO_8859_1);
        var all = new StringBuilder();
        for (var at = 0; at < text.length(); ) {
            var lineEnd = text.indexOf("\r\n", at);
            var size = Integer.parseInt(text.substring(at, lineEnd).strip(), 16);
            if (size == 0) {
                break;
            }
            all.append(text, lineEnd + 2, lineEnd + 2 + size);
            at = lineEnd + 2 + size + 2;
        }
        return all.toString().getBytes(ISO_8859_1);
    }

    /** A body that is longer than anything that is taken, made as it is read. */
    private static final class Blanks extends InputStream {

        private long left;

        Blanks(long length) {
            left = length;
        }

        @Override
        public int read() {
            return left-- > 0 ? ' ' : -1;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            if (left <= 0) {
                return -1;
            }
            var count = (int) Math.min(left, length);
            Arrays.fill(buffer, offset, offset + count, (byte) ' ');
            left -= count;
            return count;
        }
    }
}
