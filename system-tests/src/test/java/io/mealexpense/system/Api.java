package io.mealexpense.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Somebody who uses the product by HTTP; without a token, nobody in particular. */
final class Api {

    static final JsonMapper JSON = JsonMapper.builder().build();

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    private final URI base;
    private final @Nullable String token;

    private Api(URI base, @Nullable String token) {
        this.base = base;
        this.token = token;
    }

    static Api at(URI base) {
        return new Api(base, null);
    }

    Api as(String accessToken) {
        return new Api(base, accessToken);
    }

    /** The same person through another door. */
    Api via(URI otherBase) {
        return new Api(otherBase, token);
    }

    URI base() {
        return base;
    }

    String token() {
        return Objects.requireNonNull(token);
    }

    Call get(String path) {
        return new Call("GET", path);
    }

    /** Something that is no API, as a browser asks for it. */
    Call page(String path) {
        return new Call("GET", URI.create(base + path), "text/html");
    }

    Call post(String path, Object body) {
        return new Call("POST", path).json(body);
    }

    Call put(String path, Object body) {
        return new Call("PUT", path).json(body);
    }

    Call delete(String path) {
        return new Call("DELETE", path);
    }

    Call call(String method, String path) {
        return new Call(method, path);
    }

    /** A read that must contain what these answers acknowledged. */
    Answer read(String path, Answer... after) {
        var call = get(path);
        for (var answer : after) {
            call.header("Consistency-Token", answer.consistencyToken());
        }
        return call.patiently().expect(200);
    }

    /** An account of its own, made and signed in. */
    Member register() {
        var email = "u" + UUID.randomUUID() + "@example.test";
        var password = "Correct-horse-" + UUID.randomUUID();
        var account = Map.of("email", email, "password", password, "displayName", "System Test");
        var registered = post("/auth/register", account).patiently().expect(201);
        return signIn(email, password, registered);
    }

    Member signIn(String email, String password, @Nullable Answer registered) {
        var tokens = post("/auth/login", Map.of("email", email, "password", password))
                .patiently()
                .expect(200)
                .json();
        var api = as(tokens.path("accessToken").asString());
        var me = api.get("/auth/me").send().expect(200).json();
        return new Member(
                api,
                UUID.fromString(me.path("id").asString()),
                email,
                password,
                tokens.path("refreshToken").asString(),
                registered);
    }

    /**
     * Somebody with an account.
     *
     * @param registered the answer to the registration, absent for who was there before
     */
    record Member(
            Api api,
            UUID id,
            String email,
            String password,
            String refreshToken,
            @Nullable Answer registered) {

        /** Ids of the own categories by name. */
        Map<String, String> categories() {
            var list = registered == null ? api.read("/categories") : api.read("/categories", registered);
            var ids = new TreeMap<String, String>();
            list.json()
                    .path("items")
                    .forEach(item -> ids.put(
                            item.path("name").asString(), item.path("id").asString()));
            return ids;
        }
    }

    /** One request in the making. */
    final class Call {

        private final String method;
        private final HttpRequest.Builder request;
        private HttpRequest.BodyPublisher body = BodyPublishers.noBody();

        private Call(String method, String path) {
            this(method, URI.create(base + "/api/v1" + path), "application/json");
        }

        private Call(String method, URI uri, String accept) {
            this.method = method;
            this.request = HttpRequest.newBuilder(uri).timeout(PATIENCE).header("Accept", accept);
            if (token != null) {
                request.header("Authorization", "Bearer " + token);
            }
        }

        Call json(Object content) {
            return raw(JSON.writeValueAsBytes(content), "application/json");
        }

        Call raw(byte[] content, String type) {
            return body(BodyPublishers.ofByteArray(content), type);
        }

        Call body(HttpRequest.BodyPublisher content, String type) {
            body = content;
            return header("Content-Type", type);
        }

        Call header(String name, String value) {
            request.header(name, value);
            return this;
        }

        Call ifMatch(String etag) {
            return header("If-Match", etag);
        }

        Call key(String idempotencyKey) {
            return header("Idempotency-Key", idempotencyKey);
        }

        /** Without an answer: {@link UncheckedIOException}. */
        Answer send() {
            var whole = request.method(method, body).build();
            try {
                var began = System.nanoTime();
                var response = HTTP.send(whole, HttpResponse.BodyHandlers.ofByteArray());
                return new Answer(
                        method + " " + whole.uri().getRawPath(), response, Duration.ofNanos(System.nanoTime() - began));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(stopped);
            }
        }

        /** Waits and asks again where the answer says so. */
        Answer patiently() {
            return until(answer -> !List.of(429, 503).contains(answer.status()));
        }

        private Answer until(Predicate<Answer> good) {
            var giveUp = System.nanoTime() + Duration.ofMinutes(1).toNanos();
            while (true) {
                var answer = send();
                if (good.test(answer) || System.nanoTime() > giveUp) {
                    return answer;
                }
                try {
                    Thread.sleep(1000L * Integer.parseInt(answer.header("Retry-After")));
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                    return answer;
                }
            }
        }
    }

    /** What came back. */
    record Answer(String request, HttpResponse<byte[]> response, Duration took) {

        int status() {
            return response.statusCode();
        }

        /** Empty where there is none. */
        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        String etag() {
            return header("ETag");
        }

        String consistencyToken() {
            return header("Consistency-Token");
        }

        String text() {
            return new String(response.body(), StandardCharsets.UTF_8);
        }

        JsonNode json() {
            return JSON.readTree(response.body());
        }

        Answer expect(int... statuses) {
            for (var status : statuses) {
                if (status() == status) {
                    return this;
                }
            }
            throw new AssertionError("Expected " + Arrays.toString(statuses) + ": " + this);
        }

        @Override
        public String toString() {
            var text = text();
            return request + " answered " + status() + " " + text.substring(0, Math.min(text.length(), 400));
        }
    }
}
