package io.mealexpense.query.web;

import com.sun.net.httpserver.HttpServer;
import io.jsonwebtoken.Jwts;
import io.mealexpense.edge.security.AccessTokens;
import io.mealexpense.edge.security.Role;
import io.mealexpense.edge.version.ConsistencyToken;
import io.mealexpense.events.ProjectionRebuildRequested;
import io.mealexpense.postgres.Database;
import io.mealexpense.query.QueryServiceApplication;
import io.mealexpense.query.eventstream.ReadSide;
import io.mealexpense.query.eventstream.TestLog;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole read side on a port, started once: events go into the log, answers come out by HTTP. */
@SpringBootTest(classes = QueryServiceApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@DisplayNameGeneration(ReplaceUnderscores.class)
public abstract class QueryServiceTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final KeyPair KEYS = Jwts.SIG.RS256.keyPair().build();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    protected static final Database DATABASE = ReadSide.migrated();
    protected static final TestLog LOG = TestLog.of(DATABASE);
    protected static final UUID REQUESTED_BEFORE_THE_START = UUID.randomUUID();

    static {
        LOG.append(new ProjectionRebuildRequested(
                REQUESTED_BEFORE_THE_START, List.of("categories"), "Nobody is there yet to do it"));
    }

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void whereThingsAre(DynamicPropertyRegistry properties) throws IOException {
        var keys = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var key = (RSAPublicKey) KEYS.getPublic();
        publish(keys, "/jwks.json", """
                {"keys":[{"kty":"RSA","kid":"test","use":"sig","alg":"RS256","n":"%s","e":"%s"}]}""".formatted(
                        base64(key.getModulus().toByteArray()),
                        base64(key.getPublicExponent().toByteArray())));
        publish(keys, "/revocations", "{\"revocations\":[]}");
        keys.start();
        var publisher = "http://localhost:" + keys.getAddress().getPort();
        properties.add("meals.jwks-url", () -> publisher + "/jwks.json");
        properties.add("meals.revocations-url", () -> publisher + "/revocations");
        ReadSide.properties(DATABASE).forEach((name, value) -> properties.add(name, () -> value));
        properties.add("meals.query.migration.enabled", () -> "false");
        properties.add("meals.query.consistency-timeout", () -> "1s");
        properties.add("meals.query.projections.first-copy-from", () -> "30");
        // fewer than there are projections: nobody may wait for one of them while others wait for what they hold
        properties.add("meals.query.datasource.pool-size", () -> "4");
    }

    private static void publish(HttpServer server, String path, String json) {
        server.createContext(path, exchange -> {
            var body = json.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            try (var out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
    }

    private static String base64(byte[] bytes) {
        var start = bytes[0] == 0 ? 1 : 0;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOfRange(bytes, start, bytes.length));
    }

    /** An access token as the command side makes them. */
    protected static String tokenOf(UUID account, Role... roles) {
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
                .claim(
                        AccessTokens.ROLES_CLAIM,
                        Arrays.stream(roles).map(Role::name).toList())
                .issuedAt(new Date())
                .expiration(new Date(System.currentTimeMillis() + 300_000))
                .signWith(KEYS.getPrivate(), Jwts.SIG.RS256)
                .compact();
    }

    protected record Answer(HttpResponse<String> response) {

        public int status() {
            return response.statusCode();
        }

        public String body() {
            return response.body();
        }

        public JsonNode json() {
            return JSON.readTree(response.body());
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        /** The slug of the problem, and the fields that are to blame. */
        public String problem() {
            if (!header("Content-Type").startsWith("application/problem+json")) {
                return status() + " no problem: " + body();
            }
            var problem = json();
            var fields = problem.path("errors").values().stream()
                    .map(error -> error.get("field").asString())
                    .collect(Collectors.joining(" "));
            return (status() + " " + problem.get("type").asString().replace("/problems/", "") + " " + fields).strip();
        }
    }

    protected Answer get(String path, String token, String... headers) {
        return ask("GET", path, token, headers);
    }

    /** A read that must have seen the position. */
    protected Answer seen(String path, String token, long position) {
        return get(path, token, ConsistencyToken.HEADER, ConsistencyToken.of(position));
    }

    /** A file as it was sent. */
    protected HttpResponse<byte[]> download(String path, String token) {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("Authorization", "Bearer " + token)
                .build();
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    protected Answer ask(String method, String path, String token, String... headers) {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .header("Accept", "application/json");
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return new Answer(HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8)));
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }
}
