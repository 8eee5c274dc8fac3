package io.mealexpense.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mealexpense.system.Api.Member;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The undoing of an import that {@code kill -9} cuts short is finished by asking for it again. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ImportUndoKillIT {

    private static final int ROWS = 4_000;
    private static final int KILLED_AFTER = 300;

    private final Standalone product = Standalone.running();

    @Test
    void an_undoing_that_was_killed_is_finished_by_asking_again() throws Exception {
        var member = product.api().register();
        var imported = importFile(member);
        var id = member.api()
                .read("/imports", imported)
                .json()
                .path("items")
                .get(0)
                .path("id")
                .asString();
        try (var threads = Executors.newSingleThreadExecutor()) {
            var cutShort = threads.submit(() -> {
                try {
                    return undo(member, id).send().status();
                } catch (UncheckedIOException gone) {
                    return 0;
                }
            });
            await().atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> deletions(member) >= KILLED_AFTER);
            product.kill();
            assertThat(cutShort.get()).as("answered before it was killed").isZero();
        }
        product.restart();
        var before = deletions(member);
        assertThat(before).isBetween((long) KILLED_AFTER, ROWS - 1L);
        System.out.printf("Killed with %d of %d expenses deleted%n", before, ROWS);

        var again = member.api().signIn(member.email(), member.password(), null);
        var answer = undo(again, id).patiently().expect(200);

        assertThat(answer.json().path("deleted").asInt()).isEqualTo(ROWS);
        assertThat(answer.json().path("kept").asInt()).isZero();
        assertThat(answer.json().path("gone").asInt()).isZero();
        assertThat(deletions(member)).isEqualTo(ROWS);
        assertThat(undo(again, id).send().expect(200).json()).isEqualTo(answer.json());
        var list = again.api().read("/imports", answer).json().path("items").get(0);
        assertThat(list.path("state").asString()).isEqualTo("undone");
        assertThat(list.path("deleted").asInt()).isEqualTo(ROWS);
        assertThat(again.api().read("/expenses", answer).json().path("totals").isEmpty())
                .isTrue();
        product.log().requireInOrder();
        product.fold().requireEqual();
    }

    private static Api.Call undo(Member member, String importId) {
        return member.api()
                .post("/imports/" + importId + "/undo", Map.of("reason", "The wrong file"))
                .key("undo-it");
    }

    private static Api.Answer importFile(Member member) {
        var rows = IntStream.range(0, ROWS)
                .mapToObj(row -> "%s,%d.%02d,Corner Deli,lunch"
                        .formatted(LocalDate.of(2026, 1, 1).plusDays(row % 90), 1 + row / 100, row % 100))
                .collect(Collectors.joining("\n", "date,amount,place,meal_type\n", "\n"));
        var body = "--between\r\nContent-Disposition: form-data; name=\"file\"; filename=\"january.csv\"\r\n"
                + "Content-Type: text/csv\r\n\r\n" + rows + "\r\n--between--\r\n";
        var answer = member.api()
                .call("POST", "/expenses/import")
                .raw(body.getBytes(StandardCharsets.UTF_8), "multipart/form-data; boundary=between")
                .send()
                .expect(200);
        assertThat(answer.json().path("recorded").asInt()).isEqualTo(ROWS);
        return answer;
    }

    private long deletions(Member member) {
        return product.log()
                .number("SELECT count(*) FROM event_store.domain_event WHERE name = 'MealExpenseDeleted'"
                        + " AND payload ->> 'ownerId' = '" + member.id() + "'");
    }
}
