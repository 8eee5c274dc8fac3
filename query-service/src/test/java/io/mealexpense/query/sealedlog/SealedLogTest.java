package io.mealexpense.query.sealedlog;

import static io.mealexpense.edge.security.Role.ADMIN;
import static io.mealexpense.edge.security.Role.AUDITOR;
import static io.mealexpense.edge.security.Role.MEMBER;
import static io.mealexpense.events.ExpenseEvents.lunchRecorded;
import static org.assertj.core.api.Assertions.assertThat;

import io.mealexpense.events.MealExpenseRecorded;
import io.mealexpense.merkle.ProofCheck;
import io.mealexpense.merkle.event.EventLeaf;
import io.mealexpense.merkle.event.LoggedEvent;
import io.mealexpense.merkle.note.Checkpoint;
import io.mealexpense.merkle.note.ConsistencyProof;
import io.mealexpense.merkle.note.InclusionProof;
import io.mealexpense.query.web.QueryServiceTest;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Proofs by HTTP, checked by their reader's own means. */
class SealedLogTest extends QueryServiceTest {

    private static final String AUDITORS = "/api/v1/audit";
    private static final UUID SOMEBODY = UUID.randomUUID();

    private static final TestSeal SEAL = TestSeal.of(DATABASE);

    /** Sizes of the two checkpoints. */
    private static long earlier;

    private static long later;

    @BeforeAll
    static void seal() {
        LOG.append(lunch());
        earlier = SEAL.seal();
        for (var i = 0; i < 300; i++) {
            LOG.append(lunch());
        }
        later = SEAL.seal();
        LOG.append(lunch());
    }

    private static MealExpenseRecorded lunch() {
        return lunchRecorded(UUID.randomUUID(), SOMEBODY, "12.50", LocalDate.of(2026, 3, 15), null);
    }

    private Answer asked(String path) {
        return get(AUDITORS + path, tokenOf(SOMEBODY, AUDITOR));
    }

    @ParameterizedTest
    @CsvSource({"/checkpoints", "/checkpoints/latest", "/events/1/proof", "/consistency?from=1&to=1"})
    void only_auditors_may_ask(String path) {
        assertThat(get(AUDITORS + path, "").problem()).startsWith("401 ");
        assertThat(get(AUDITORS + path, tokenOf(SOMEBODY, MEMBER)).problem()).isEqualTo("403 forbidden");
        assertThat(get(AUDITORS + path, tokenOf(SOMEBODY, ADMIN)).problem()).isEqualTo("403 forbidden");
        assertThat(asked(path).status()).isIn(200, 404);
    }

    @Test
    void checkpoints_are_listed_with_the_last_first() throws Exception {
        var first = asked("/checkpoints?limit=1").json();
        assertThat(first.get("items").get(0).get("size").asLong()).isEqualTo(later);
        var second = asked(
                        "/checkpoints?limit=1&cursor=" + first.get("nextCursor").asString())
                .json();
        assertThat(second.get("items").get(0).get("size").asLong()).isEqualTo(earlier);
        // other tests of this JVM may have sealed the log before
        var all = asked("/checkpoints?limit=200").json();
        assertThat(all.has("nextCursor")).isFalse();
        assertThat(second.has("nextCursor")).isEqualTo(all.get("items").size() > 2);
        assertThat(all.get("items").values().stream().map(it -> it.get("size").asLong()))
                .isSortedAccordingTo(Comparator.reverseOrder());

        var latest = asked("/checkpoints/latest").json();
        assertThat(latest).isEqualTo(first.get("items").get(0));
        assertThat(Checkpoint.open(latest.get("note").asString(), List.of(SEAL.key()))
                        .size())
                .isEqualTo(later);
    }

    @Test
    void the_explorer_tells_how_far_the_log_is_sealed() {
        var latest = asked("/checkpoints/latest").json().get("size").asLong();
        for (var query : List.of("?limit=1", "?ownerId=" + UUID.randomUUID())) {
            assertThat(asked("/events" + query).json().get("sealedUpTo").asLong())
                    .isEqualTo(latest);
        }
    }

    @Test
    void every_sealed_event_is_proved_to_be_in_the_log() throws Exception {
        for (var position = 1L; position <= later; position += 7) {
            var answer = asked("/events/" + position + "/proof");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Content-Type")).isEqualTo("text/plain;charset=UTF-8");
            assertThat(answer.header("Content-Disposition")).contains("event-" + position + ".tlog-proof");
            requireProved(answer.body(), position, later);
        }
        requireProved(asked("/events/" + earlier + "/proof?size=" + earlier).body(), earlier, earlier);
    }

    private static void requireProved(String text, long position, long size) throws Exception {
        var proof = InclusionProof.parse(text);
        var checkpoint = Checkpoint.open(proof.checkpoint(), List.of(SEAL.key()));
        var event = LoggedEvent.decoded(proof.extra());
        assertThat(checkpoint.size()).isEqualTo(size);
        assertThat(event.position()).isEqualTo(position).isEqualTo(proof.index() + 1);
        assertThat(ProofCheck.included(
                        new EventLeaf().take(event).hash(),
                        proof.index(),
                        checkpoint.size(),
                        proof.hashes(),
                        checkpoint.root()))
                .isTrue();
    }

    @Test
    void the_later_log_is_proved_to_begin_with_the_earlier_one() throws Exception {
        var proof = ConsistencyProof.parse(
                asked("/consistency?from=" + earlier + "&to=" + later).body());
        var from = Checkpoint.open(proof.earlier(), List.of(SEAL.key()));
        var to = Checkpoint.open(proof.later(), List.of(SEAL.key()));
        assertThat(from.size()).isEqualTo(earlier);
        assertThat(to.size()).isEqualTo(later);
        assertThat(ProofCheck.consistent(from.size(), from.root(), to.size(), to.root(), proof.hashes()))
                .isTrue();
    }

    @Test
    void what_is_not_sealed_cannot_be_proved() {
        assertThat(asked("/events/" + (later + 1) + "/proof").problem()).isEqualTo("404 not-found");
        assertThat(asked("/events/" + later + "/proof?size=" + earlier).problem())
                .isEqualTo("404 not-found");
        assertThat(asked("/events/1/proof?size=" + (later - 1)).problem()).isEqualTo("404 not-found");
        assertThat(asked("/consistency?from=" + earlier + "&to=" + (later + 1)).problem())
                .isEqualTo("404 not-found");
    }

    @ParameterizedTest
    @CsvSource({
        "/events/0/proof, 400 validation position",
        "/events/-1/proof, 400 validation position",
        "/events/1/proof?size=0, 400 validation size",
        "/events/1/proof?size=x, 400 validation size",
        "/events/1/proof?surprise=1, 400 validation surprise",
        "/consistency?from=1, 400 validation to",
        "/consistency?from=5&to=4, 400 validation from",
        "/checkpoints?limit=0, 400 validation limit",
        "/checkpoints?cursor=x, 400 validation cursor",
        "/checkpoints/latest?limit=1, 400 validation limit"
    })
    void nonsense_is_refused_by_name(String path, String problem) {
        assertThat(asked(path).problem()).isEqualTo(problem);
    }
}
