package io.mealexpense.verify;

import io.mealexpense.postgres.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The product on one machine: what the data folder says, and what is said instead of it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DataFolderTest {

    private final History history = History.copy().unlocked();

    @TempDir
    private Path data;

    @AfterEach
    void close() {
        history.close();
    }

    /** The data folder with these checkpoints and the keys beside them. */
    private void holds(Path published) throws Exception {
        Files.writeString(data.resolve("port"), "5432\n");
        Files.writeString(
                data.resolve("credentials.properties"), "meals_auditor=" + history.database.password(Role.AUDITOR));
        Files.move(History.copyOf(published), data.resolve("checkpoints"));
    }

    /** Rewritten, sealed anew by another key, published in the data folder, and the key put beside the true one. */
    private void isAnothersNow() throws Exception {
        history.owner
                .sql("UPDATE event_store.domain_event SET payload = '{}' WHERE position = 210")
                .update();
        holds(history.sealAnewAsSomebodyElse());
        Files.writeString(data.resolve("checkpoints/log.vkey"), History.key() + "\n", StandardOpenOption.APPEND);
    }

    /** The test's database has a name of its own; everything else is the folder's, unless it is given. */
    private Verdict verify(String... more) {
        var arguments = new ArrayList<>(List.of(more));
        arguments.addAll(List.of("--data-dir", data.toString(), "--url", history.database.url()));
        return Verdict.of(arguments.toArray(String[]::new));
    }

    @Test
    void everything_is_in_the_folder() throws Exception {
        holds(history.folder);
        verify().alsoSays("the last one seals 600").isClean();
    }

    @Test
    void a_key_that_is_given_is_trusted_instead_of_those_in_the_folder() throws Exception {
        isAnothersNow();
        var known = Files.writeString(Files.createTempFile("known", ".vkey"), History.key() + "\n");
        verify().isClean();
        verify("--key", History.key()).alsoSays("cannot be trusted").firstIsAt(1, "checkpoint");
        verify("--key-file", known.toString()).alsoSays("cannot be trusted").firstIsAt(1, "checkpoint");
    }

    @Test
    void an_old_key_does_not_take_what_a_new_one_in_the_folder_signed() throws Exception {
        history.appendAndSealByAKeyMadeAfter(history.now(), 10);
        holds(history.folder);
        verify().isClean();
        verify("--key", History.key()).alsoSays("cannot be trusted").firstIsAt(1, "checkpoint");
    }

    @Test
    void checkpoints_that_are_given_count_instead_of_those_in_the_folder() throws Exception {
        isAnothersNow();
        verify("--checkpoints", history.folder.toString(), "--key", History.key())
                .firstIsAt(201, 256, "unknown");
    }
}
