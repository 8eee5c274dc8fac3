package io.mealexpense.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mealexpense.postgres.BackupFolder;
import io.mealexpense.postgres.EmbeddedPostgres;
import io.mealexpense.postgres.Role;
import io.mealexpense.postgres.WalArchive;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class ArchiveWatchTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    Path folder;

    @Test
    void a_disk_that_is_away_is_told_and_that_it_is_back(CapturedOutput output) throws Exception {
        var data = folder.resolve("data");
        var mark = folder.resolve("archive/archive-of");
        var away = folder.resolve("away");
        var backups = BackupFolder.at(folder.resolve("backups"));
        WalArchive.choose(data, mark.getParent());
        try (var postgres = EmbeddedPostgres.start(data);
                var connection = postgres.database().connect(Role.AUDITOR);
                var watch = new ArchiveWatch(postgres.database())) {
            watch.look(connection);
            assertThat(output).doesNotContain("archived");

            Files.move(mark, away);
            backups.take(data, database -> 0); // ends a piece of the log
            await().atMost(PATIENCE).untilAsserted(() -> {
                watch.look(connection);
                assertThat(output).contains("The database's log is not archived: 0000");
            });

            Files.move(away, mark);
            await().atMost(PATIENCE).ignoreExceptions().until(() -> backups.take(data, database -> 0) != null);
            await().atMost(PATIENCE).untilAsserted(() -> {
                watch.look(connection);
                assertThat(output).contains("The database's log is archived again");
            });
        }
    }
}
