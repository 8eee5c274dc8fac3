package io.mealexpense.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Single requests, where it matters what is answered and not how cheaply it is asked. */
final class Http {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    /**
     * @param body JSON, absent if there is none
     */
    record Answer(int status, String body) {

        JsonNode json() {
            return JSON.readTree(body);
        }

        Answer orElseThrow() {
            if (status / 100 != 2) {
                throw new IllegalStateException(status + " " + body);
            }
            return this;
        }
    }

    Answer get(int port, String path, String token) {
        return send(request(port, path, token).GET().build());
    }

    Answer post(int port, String path, String token, Map<String, ?> body) {
        return post(port, path, token, JSON.writeValueAsString(body));
    }

    Answer post(int port, String path, String token, @Nullable String json) {
        return send(request(port, path, token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json == null ? "{}" : json))
                .build());
    }

    private static HttpRequest.Builder request(int port, String path, String token) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + token);
    }

    private Answer send(HttpRequest request) {
        try {
            var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(answer.statusCode(), answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }
}
