package io.mealexpense.standalone.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Fills a demonstration through the API, as three people with browsers and patience would. */
public final class Demo {

    /**
     * One of the three ways in.
     */
    public record Login(String role, String email, String password) {}

    /** Expenses entered side by side; each person is still one after the other to themselves. */
    private static final int HANDS = 4;

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final URI base;
    private final Clock clock;
    private final HttpClient http = HttpClient.newHttpClient();

    public Demo(URI base, Clock clock) {
        this.base = base;
        this.clock = clock;
    }

    /**
     * Makes the accounts and enters the expenses.
     *
     * @param setupToken makes the first administrator
     */
    public List<Login> fill(String setupToken) {
        var member = new Login("member", "member@demo.example", password());
        var auditor = new Login("auditor", "auditor@demo.example", password());
        var administrator = new Login("administrator", "admin@demo.example", password());

        var setup = Map.<String, Object>of(
                "token",
                setupToken,
                "email",
                administrator.email,
                "password",
                administrator.password,
                "displayName",
                "Ada Admin");
        send("POST", "/auth/setup", null, null, setup);
        register(member, "Mia Member");
        var auditorId = register(auditor, "Otto Auditor");
        var admin = signIn(administrator);
        send("PUT", "/auth/accounts/%s/roles/AUDITOR".formatted(auditorId), admin, null, null);
        send("DELETE", "/auth/accounts/%s/roles/MEMBER".formatted(auditorId), admin, null, null);

        enterExpenses(signIn(member));
        return List.of(member, auditor, administrator);
    }

    private String register(Login login, String name) {
        var account = Map.<String, Object>of(
                "email",
                login.email,
                "password",
                login.password,
                "displayName",
                name,
                "currency",
                "EUR",
                "zone",
                "Europe/Berlin");
        return json(send("POST", "/auth/register", null, null, account))
                .path("id")
                .stringValue();
    }

    private String signIn(Login login) {
        var credentials = Map.<String, Object>of("email", login.email, "password", login.password);
        return json(send("POST", "/auth/login", null, null, credentials))
                .path("accessToken")
                .stringValue();
    }

    private void enterExpenses(String token) {
        var categories = categories(token);
        var entries = DemoExpenses.until(LocalDate.now(clock));
        try (var hands = Executors.newFixedThreadPool(HANDS)) {
            var work = entries.stream()
                    .map(entry -> (Callable<Void>) () -> {
                        enter(entry, categories, token);
                        return null;
                    })
                    .toList();
            for (var done : hands.invokeAll(work)) {
                done.get();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Stopped while the demonstration was being filled", stopped);
        } catch (ExecutionException failed) {
            throw new IllegalStateException("The demonstration could not be filled", failed.getCause());
        }
    }

    private Map<String, String> categories(String token) {
        var ids = new HashMap<String, String>();
        // a new account's categories are there within moments of its registration
        for (var attempt = 0; ids.isEmpty() && attempt < 100; attempt++) {
            for (var category :
                    json(send("GET", "/categories", token, null, null)).path("items")) {
                ids.put(category.path("name").stringValue(), category.path("id").stringValue());
            }
            if (ids.isEmpty()) {
                pause();
            }
        }
        return ids;
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void enter(DemoExpenses.Entry entry, Map<String, String> categories, String token) {
        var content = new LinkedHashMap<>(entry.content());
        if (entry.category() != null) {
            content.put("categoryId", categories.get(entry.category()));
        }
        var recorded = send("POST", "/expenses", token, null, content);
        var path = "/expenses/" + json(recorded).path("id").stringValue();
        var version = recorded.headers().firstValue("ETag").orElseThrow();
        switch (entry.fate()) {
            case KEPT -> {}
            case AMENDED -> {
                content.put("notes", "Amount corrected after looking at the receipt");
                content.put("reason", "The receipt says otherwise");
                content.put("amount", corrected(content));
                send("PUT", path, token, version, content);
            }
            case DELETED -> send("DELETE", path + "?reason=Entered%20twice", token, version, null);
            case RESTORED -> {
                var deleted = send("DELETE", path, token, version, null);
                send(
                        "POST",
                        path + "/restore",
                        token,
                        deleted.headers().firstValue("ETag").orElseThrow(),
                        Map.of("reason", "It was right after all"));
            }
        }
    }

    private static String corrected(Map<String, Object> content) {
        return new BigDecimal(content.get("amount").toString())
                .multiply(new BigDecimal("1.1"))
                .setScale("JPY".equals(content.get("currency")) ? 0 : 2, RoundingMode.HALF_UP)
                .toPlainString();
    }

    private HttpResponse<String> send(
            String method,
            String path,
            @Nullable String token,
            @Nullable String ifMatch,
            @Nullable Map<String, Object> body) {
        var request = HttpRequest.newBuilder(URI.create(base + "/api/v1" + path))
                .header("Accept", "application/json")
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (ifMatch != null) {
            request.header("If-Match", ifMatch);
        }
        try {
            var response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() >= 300) {
                throw new IllegalStateException(
                        "%s %s answered %d: %s".formatted(method, path, response.statusCode(), response.body()));
            }
            return response;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    private static JsonNode json(HttpResponse<String> response) {
        return JSON.readTree(response.body());
    }

    /** Random and easy to type. */
    private static String password() {
        var letters = "abcdefghjkmnpqrstuvwxyz23456789";
        var password = new StringBuilder();
        for (var i = 0; i < 16; i++) {
            if (i > 0 && i % 4 == 0) {
                password.append('-');
            }
            password.append(letters.charAt(RANDOM.nextInt(letters.length())));
        }
        return password.toString();
    }
}
