package io.mealexpense.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mealexpense.postgres.BackupFolder;
import io.mealexpense.postgres.Database;
import io.mealexpense.postgres.EmbeddedPostgres;
import io.mealexpense.postgres.Role;
import io.mealexpense.postgres.SharedPostgres;
import io.mealexpense.postgres.WalArchive;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a write side sees of the archive, with the grants that it has. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ArchiveMetersTest {

    /** PostgreSQL tries a piece three times and comes again a minute later. */
    private static final Duration PATIENCE = Duration.ofSeconds(150);

    private static final long PIECE = 16 * 1024 * 1024;

    @TempDir
    Path folder;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    private double value(String name) {
        return registry.get("meals.archive." + name).gauge().value();
    }

    private static void eventually(ThrowingRunnable assertion) {
        await().atMost(PATIENCE).untilAsserted(assertion);
    }

    private void observe(Database database) {
        new ArchiveMeters(LogDatabase.as(Role.COMMAND, database)).bindTo(registry);
    }

    @Test
    void where_nothing_is_archived_there_is_nothing_to_worry_about() {
        observe(SharedPostgres.database());

        assertThat(value("on")).isZero();
        assertThat(value("failing")).isZero();
        assertThat(value("waiting.bytes")).isZero();
        assertThat(value("lag.seconds")).isZero();
    }

    @Test
    void a_disk_that_is_away_is_told_and_that_it_is_back() throws Exception {
        var mark = folder.resolve("archive/archive-of");
        var away = folder.resolve("away");
        try (var store = new Store()) {
            store.endPiece();
            eventually(store::requireAllArchived);

            Files.move(mark, away);
            store.endPiece();
            eventually(() -> {
                assertThat(value("failing")).isOne();
                assertThat(value("waiting.bytes")).isGreaterThanOrEqualTo(PIECE);
                assertThat(value("lag.seconds")).isGreaterThan(2);
            });
            var waited = value("waiting.bytes");
            store.endPiece();
            eventually(() -> assertThat(value("waiting.bytes")).isGreaterThanOrEqualTo(waited + PIECE));

            Files.move(away, mark);
            store.endPiece(); // wakes it
            eventually(store::requireAllArchived);
        }
    }

    /** As one that copies to a share that does not answer: PostgreSQL counts no failure, because there is none. */
    @Test
    void a_command_that_hangs_is_told_though_it_never_fails() throws Exception {
        var script = folder.resolve("data/archive-wal");
        var goOn = folder.resolve("go-on");
        try (var store = new Store()) {
            store.endPiece();
            eventually(store::requireAllArchived);
            var works = Files.readString(script);
            Files.writeString(script, "until [ -e '%s' ]; do sleep 0.2; done%n%s".formatted(goOn, works));
            try {
                store.endPiece();
                eventually(() -> {
                    assertThat(value("waiting.bytes")).isGreaterThanOrEqualTo(PIECE);
                    assertThat(value("lag.seconds")).isGreaterThan(5);
                });
                assertThat(value("failing")).isZero();
            } finally {
                Files.createFile(goOn); // the server waits for it when it stops
            }
            eventually(store::requireAllArchived);
        }
    }

    /** A crash makes the server forget what it archived. */
    @Test
    void an_archive_that_took_nothing_since_the_server_has_been_there_is_told() throws Exception {
        try (var store = new Store()) {
            Files.delete(folder.resolve("archive/archive-of"));
            store.endPiece();
            eventually(() -> {
                assertThat(value("on")).isOne();
                assertThat(value("failing")).isOne();
                assertThat(value("waiting.bytes")).isNaN();
                assertThat(value("lag.seconds")).isGreaterThan(2);
            });
        }
    }

    private final class Store implements AutoCloseable {

        private final Path data = folder.resolve("data");
        private final BackupFolder backups = BackupFolder.at(folder.resolve("backups"));
        private final EmbeddedPostgres postgres;

        Store() {
            WalArchive.choose(data, folder.resolve("archive"));
            postgres = EmbeddedPostgres.start(data);
            observe(postgres.database());
        }

        /** A backup does. */
        void endPiece() {
            backups.take(data, database -> 0);
        }

        void requireAllArchived() {
            assertThat(value("on")).isOne();
            assertThat(value("failing")).isZero();
            assertThat(value("waiting.bytes")).isZero();
            assertThat(value("lag.seconds")).isZero();
        }

        @Override
        public void close() {
            postgres.close();
        }
    }
}
