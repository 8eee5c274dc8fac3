package io.mealexpense.command.sealing.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mealexpense.command.WriteSideOnPostgres;
import io.mealexpense.merkle.note.Checkpoint;
import io.mealexpense.merkle.note.VerifierKey;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class LogKeysTest extends WriteSideOnPostgres {

    @Test
    void what_people_do_is_sealed_by_the_published_key() throws Exception {
        register(newEmail());
        await().untilAsserted(() ->
                assertThat(database.sql("""
                        SELECT max(size) = (SELECT position FROM event_store.head) FROM seal.checkpoint
                        """).query(Boolean.class).single()).isTrue());

        var answer = get("/.well-known/log-keys.json", null);
        assertThat(answer).hasStatus(200).hasContentType("application/json");
        var key = VerifierKey.parse(read(answer, "$.keys[0].key"));
        var note = database.sql("SELECT note FROM seal.checkpoint ORDER BY size DESC LIMIT 1")
                .query(String.class)
                .single();
        assertThat(Checkpoint.open(note, List.of(key)).size()).isPositive();
    }
}
