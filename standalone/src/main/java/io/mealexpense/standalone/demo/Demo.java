package io.mealexpense.standalone.demo;

import io.mealexpense.edge.security.SessionCookies;
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
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Fills a demonstration through the API, as three people with browsers and patience would. */
public final class Demo {

    /**
     * One of the three ways in.
     */
    public record Login(String role, String email, String password) {}

    /**
     * Something somebody does to their expenses.
     */
    private record Act(LocalDateTime at, Runnable work) implements Comparable<Act> {
        @Override
        public int compareTo(Act other) {
            return at.compareTo(other.at);
        }
    }

    /**
     * Somebody who is signed in.
     *
     * @param headers that say so, and how they ask
     */
    private record Session(Map<String, String> headers) {
        Session in(DemoExpenses.Browser browser) {
            var more = new HashMap<>(headers);
            more.put("User-Agent", browser.userAgent);
            return new Session(more);
        }
    }

    /** Expenses entered side by side in a sitting. */
    private static final int HANDS = 4;

    /** Days since the statement of a journey was brought in as a file. */
    private static final int STATEMENT_AGE = 72;

    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final URI base;
    private final Clock clock;
    private final StagedClock stage;
    private final HttpClient http = HttpClient.newHttpClient();

    /**
     * @param clock tells which day is today
     * @param stage by which the log records
     */
    public Demo(URI base, Clock clock, StagedClock stage) {
        this.base = base;
        this.clock = clock;
        this.stage = stage;
    }

    /**
     * Makes the accounts and enters the expenses, as if over the months that they are of.
     *
     * @param setupToken makes the first administrator
     */
    public List<Login> fill(String setupToken) {
        var member = new Login("member", "member@demo.example", password());
        var auditor = new Login("auditor", "auditor@demo.example", password());
        var administrator = new Login("administrator", "admin@demo.example", password());

        stage.put(DemoExpenses.firstDay(LocalDate.ofInstant(clock.instant(), ZONE))
                .atStartOfDay(ZONE)
                .toInstant());
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
        var admin = program(administrator);
        send("PUT", "/auth/accounts/%s/roles/AUDITOR".formatted(auditorId), admin, null, null);
        send("DELETE", "/auth/accounts/%s/roles/MEMBER".formatted(auditorId), admin, null, null);

        enterExpenses(browse(member));
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
                ZONE.getId());
        return json(send("POST", "/auth/register", null, null, account))
                .path("id")
                .stringValue();
    }

    private Session program(Login login) {
        var credentials = Map.<String, Object>of("email", login.email, "password", login.password);
        var token = json(send("POST", "/auth/login", null, null, credentials))
                .path("accessToken")
                .stringValue();
        return new Session(Map.of("Authorization", "Bearer " + token));
    }

    /** As the web app does it: with cookies, of which it repeats one, and the origin of its pages. */
    private Session browse(Login login) {
        var credentials = Map.<String, Object>of("email", login.email, "password", login.password, "session", "cookie");
        var cookies = send("POST", "/auth/login", null, null, credentials).headers().allValues("Set-Cookie").stream()
                .map(cookie -> cookie.substring(0, cookie.indexOf(';')).split("=", 2))
                .collect(Collectors.toMap(cookie -> cookie[0], cookie -> cookie[1]));
        var access = cookies.get(SessionCookies.ACCESS);
        var csrf = cookies.get(SessionCookies.CSRF);
        return new Session(Map.of(
                "Cookie",
                "%s=%s; %s=%s".formatted(SessionCookies.ACCESS, access, SessionCookies.CSRF, csrf),
                SessionCookies.CSRF_HEADER,
                csrf,
                "Origin",
                base.toString()));
    }

    /** Day by day in the order in which it would have come, with the log's clock put to the last act of each. */
    private void enterExpenses(Session member) {
        var now = LocalDateTime.ofInstant(clock.instant(), ZONE);
        var categories = categories(member);
        var toDo = new PriorityBlockingQueue<Act>();
        for (var entry : DemoExpenses.until(now.toLocalDate())) {
            toDo.add(new Act(entry.enteredAt(), () -> enter(entry, categories, member, toDo)));
        }
        var statement = now.toLocalDate().minusDays(STATEMENT_AGE);
        toDo.add(new Act(statement.atTime(20, 10), () -> bring(DemoExpenses.statement(statement), member)));
        try (var hands = Executors.newFixedThreadPool(HANDS)) {
            for (var sitting = sitting(toDo, now); !sitting.isEmpty(); sitting = sitting(toDo, now)) {
                stage.put(sitting.getLast().at.atZone(ZONE).toInstant());
                for (var done : hands.invokeAll(sitting.stream()
                        .map(act -> Executors.callable(act.work))
                        .toList())) {
                    done.get();
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Stopped while the demonstration was being filled", stopped);
        } catch (ExecutionException failed) {
            throw new IllegalStateException("The demonstration could not be filled", failed.getCause());
        }
    }

    /** What is next to do on one day, as far as that has come already. */
    private static List<Act> sitting(Queue<Act> toDo, LocalDateTime now) {
        var sitting = new ArrayList<Act>();
        while (!toDo.isEmpty()
                && toDo.element().at.isBefore(now)
                && (sitting.isEmpty()
                        || toDo.element()
                                .at
                                .toLocalDate()
                                .equals(sitting.getFirst().at.toLocalDate()))) {
            sitting.add(toDo.remove());
        }
        return sitting;
    }

    private Map<String, String> categories(Session session) {
        var ids = new HashMap<String, String>();
        // a new account's categories are there within moments of its registration
        for (var attempt = 0; ids.isEmpty() && attempt < 100; attempt++) {
            for (var category :
                    json(send("GET", "/categories", session, null, null)).path("items")) {
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

    private void enter(DemoExpenses.Entry entry, Map<String, String> categories, Session member, Collection<Act> toDo) {
        var content = new LinkedHashMap<>(entry.content());
        if (entry.category() != null) {
            content.put("categoryId", categories.get(entry.category()));
        }
        var recorded = send("POST", "/expenses", member.in(entry.enteredIn()), null, content);
        var path = "/expenses/" + json(recorded).path("id").stringValue();
        var then = entry.enteredAt().plus(entry.fateAfter());
        var later = member.in(entry.fateIn());
        switch (entry.fate()) {
            case KEPT -> {}
            case AMENDED ->
                toDo.add(new Act(then, () -> {
                    content.put("notes", "Amount corrected after looking at the receipt");
                    content.put("reason", "The receipt says otherwise");
                    content.put("amount", corrected(content));
                    send("PUT", path, later, version(recorded), content);
                }));
            case DELETED ->
                toDo.add(new Act(
                        then, () -> send("DELETE", path + "?reason=Entered%20twice", later, version(recorded), null)));
            case RESTORED ->
                toDo.add(new Act(then, () -> {
                    var deleted = send("DELETE", path, later, version(recorded), null);
                    var reason = Map.<String, Object>of("reason", "It was right after all");
                    toDo.add(new Act(
                            then.plusHours(20),
                            () -> send("POST", path + "/restore", later, version(deleted), reason)));
                }));
        }
    }

    private static String version(HttpResponse<String> answer) {
        return answer.headers().firstValue("ETag").orElseThrow();
    }

    private void bring(String statement, Session member) {
        var boundary = "statement-of-a-journey";
        var part = """
                --%1$s\r
                Content-Disposition: form-data; name="file"; filename="hamburg.csv"\r
                Content-Type: text/csv\r
                \r
                %2$s\r
                --%1$s--\r
                """.formatted(boundary, statement);
        var request = HttpRequest.newBuilder(URI.create(base + "/api/v1/expenses/import"))
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(HttpRequest.BodyPublishers.ofString(part));
        member.headers.forEach(request::header);
        send(request.build());
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
            @Nullable Session session,
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
        if (session != null) {
            session.headers.forEach(request::header);
        }
        if (ifMatch != null) {
            request.header("If-Match", ifMatch);
        }
        return send(request.build());
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            var response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() >= 300) {
                throw new IllegalStateException("%s %s answered %d: %s"
                        .formatted(request.method(), request.uri(), response.statusCode(), response.body()));
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
