package io.mealexpense.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mealexpense.system.Api.Answer;
import io.mealexpense.system.Api.Member;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** An administrator who rebuilds read models and sees to what they put aside, over HTTP. */
final class Operator {

    private final UUID id;
    private final Api commands;
    private final Api reads;

    /** @param reads of the query service that is looked at unless another one is named */
    Operator(Member administrator, URI commands, URI reads) {
        this.id = administrator.id();
        this.commands = administrator.api().via(commands);
        this.reads = administrator.api().via(reads);
    }

    UUID id() {
        return id;
    }

    /** The same person, looking at another query service. */
    Operator lookingAt(URI queryService) {
        return new Operator(id, commands, reads.via(queryService));
    }

    private Operator(UUID id, Api commands, Api reads) {
        this.id = id;
        this.commands = commands;
        this.reads = reads;
    }

    /** Of every projection. */
    Answer rebuildAll(String reason) {
        return act("/rebuilds", reason);
    }

    Answer rebuild(String projection, String reason) {
        return act("/projections/" + projection + "/rebuilds", reason);
    }

    /** On the comparison that it shows now. */
    Answer swap(UUID rebuild, String reason) {
        var comparedAt =
                rebuild(rebuild).path("comparisons").path(0).path("position").asLong();
        return act("/rebuilds/" + rebuild + "/swap", Map.of("reason", reason, "comparedAt", comparedAt));
    }

    Answer cancel(UUID rebuild, String reason) {
        return act("/rebuilds/" + rebuild + "/cancel", reason);
    }

    Answer retry(String projection, UUID subject, String reason) {
        return act("/projections/%s/dead-letters/%s/retry".formatted(projection, subject), reason);
    }

    Answer discard(String projection, UUID subject, String reason) {
        return act("/projections/%s/dead-letters/%s/discard".formatted(projection, subject), reason);
    }

    private Answer act(String path, String reason) {
        return act(path, Map.of("reason", reason));
    }

    private Answer act(String path, Map<String, Object> decision) {
        var answer = commands.post(path, decision).patiently().expect(202);
        assertThat(answer.consistencyToken()).isNotEmpty();
        assertThat(answer.etag()).isNotEmpty();
        return answer;
    }

    static UUID idOf(Answer requested) {
        var id = requested.json().path("id").asString();
        assertThat(requested.header("Location")).endsWith("/api/v1/rebuilds/" + id);
        return UUID.fromString(id);
    }

    /** @param after acknowledgements that it must contain */
    JsonNode rebuild(UUID id, Answer... after) {
        return reads.read("/rebuilds/" + id, after).json();
    }

    /** Fails at once if it ends in another way. */
    JsonNode awaitState(UUID id, String state) {
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(50))
                .failFast(() -> {
                    var now = stateOf(id);
                    return "cancelled failed swapped".contains(now) && !now.equals(state);
                })
                .until(() -> stateOf(id).equals(state));
        return rebuild(id);
    }

    /** Asked without a token: a request that was just acknowledged may not have been obeyed yet. */
    private String stateOf(UUID id) {
        var answer = reads.get("/rebuilds/" + id).patiently();
        return answer.status() == 404
                ? "not obeyed yet"
                : answer.expect(200).json().path("state").asString();
    }

    /** A projection and how far it is. */
    JsonNode projection(String name) {
        return projections()
                .filter(item -> item.path("name").asString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** What the query side says can be made anew. */
    List<String> rebuildable() {
        return projections()
                .filter(item -> item.path("rebuildable").asBoolean())
                .map(item -> item.path("name").asString())
                .toList();
    }

    private Stream<JsonNode> projections() {
        return reads.read("/projections").json().path("items").valueStream();
    }

    JsonNode deadLetterActs(String projection, Answer... after) {
        return reads.read("/projections/" + projection + "/dead-letters", after)
                .json()
                .path("acts");
    }

    JsonNode deadLetters(String projection, Answer... after) {
        return reads.read("/projections/" + projection + "/dead-letters", after)
                .json()
                .path("items");
    }
}
