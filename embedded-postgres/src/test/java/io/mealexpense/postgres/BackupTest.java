package io.mealexpense.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class BackupTest {

    private static final int WRITERS = 4;

    @TempDir
    Path folder;

    private Path data;
    private Path restored;
    private Path archive;
    private BackupFolder backups;

    /** Making a cluster takes longer than copying one. */
    @TempDir
    static Path template;

    @BeforeAll
    static void makeTemplate() {
        EmbeddedPostgres.start(template).close();
    }

    @BeforeEach
    void name() throws IOException {
        data = PrivateFiles.folder(folder.resolve("it's data"));
        try (var files = Files.walk(template)) {
            for (var file : (Iterable<Path>) files::iterator) {
                if (!file.equals(template)) {
                    Files.copy(
                            file,
                            data.resolve(template.relativize(file).toString()),
                            StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
        restored = folder.resolve("restored");
        archive = folder.resolve("it's $(archive) 100%");
        backups = BackupFolder.at(folder.resolve("backups"));
    }

    @Test
    void a_backup_taken_while_the_server_is_written_hard_is_consistent_by_itself() throws Exception {
        SecretFile.readOrCreateKey(PrivateFiles.folder(data).resolve("master.key"), 32);
        Backup backup;
        var acknowledged = new AtomicLong();
        long before;
        try (var postgres = EmbeddedPostgres.start(data);
                var threads = Executors.newFixedThreadPool(WRITERS)) {
            prepare(postgres.database());
            var stopping = new boolean[1];
            var writers = IntStream.range(0, WRITERS)
                    .<Future<?>>mapToObj(number -> threads.submit(writer(postgres.database(), acknowledged, stopping)))
                    .toList();
            await().until(() -> acknowledged.get() > 200);
            before = acknowledged.get();
            backup = backups.take(data, database -> 17);
            await().until(() -> acknowledged.get() > before + 50);
            stopping[0] = true;
            for (var writer : writers) {
                writer.get();
            }
        }

        var outcome = restore(backup, Optional.empty(), Optional.empty()).into(restored, BackupTest::meals);

        assertThat(outcome.seen()).isBetween(before, acknowledged.get());
        assertThat(backup.position()).isEqualTo(17);
        assertThat(restored.resolve("master.key")).hasSameBinaryContentAs(data.resolve("master.key"));
        try (var postgres = EmbeddedPostgres.start(restored)) {
            assertThat(meals(postgres.database())).isEqualTo(outcome.seen());
            // each transaction wrote both
            assertThat(number(postgres.database(), "SELECT sum(meals) FROM day"))
                    .isEqualTo(outcome.seen());
            // reads every row by the index and without it
            assertThat(number(
                            postgres.database(),
                            "SELECT count(*) FROM meal a FULL JOIN (SELECT id, md5(name) AS sum FROM meal) b USING (id)"
                                    + " WHERE md5(a.name) IS DISTINCT FROM b.sum"))
                    .isZero();
            write(postgres.database(), "goes on");
        }
    }

    @Test
    void the_store_may_be_in_use_by_another_process() throws Exception {
        try (var other = ServerProcess.start(data)) {
            var port = other.awaitReady();
            var database = new Database("meals", port, Credentials.read(data.resolve("credentials.properties")));
            prepare(database);
            write(database, "lunch");
            var backup = backups.take(data, BackupTest::meals);
            write(database, "dinner");
            other.stop();

            assertThat(backup.position()).isOne();
            assertThat(restore(backup, Optional.empty(), Optional.empty())
                            .into(restored, BackupTest::meals)
                            .seen())
                    .isOne();
        }
    }

    @Test
    void everything_in_a_backup_is_for_its_owner_only() throws IOException {
        var backup = backups.take(data, database -> 0);
        try (var files = Files.walk(folder.resolve("backups"))) {
            assertThat(files)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .matches("rw[x-]------"));
        }
        restore(backup, Optional.empty(), Optional.empty()).into(restored, database -> 0);
        try (var files = Files.walk(restored.resolve("postgres"))) {
            assertThat(files)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .matches("rw[x-]------"));
        }
    }

    @Test
    void what_was_archived_brings_a_backup_to_any_later_moment() throws Exception {
        WalArchive.choose(data, archive);
        Backup backup;
        Instant between;
        try (var postgres = EmbeddedPostgres.start(data)) {
            prepare(postgres.database());
            write(postgres.database(), "before");
            backup = backups.take(data, database -> 0);
            for (var meal = 1; meal <= 100; meal++) {
                write(postgres.database(), "in time " + meal);
            }
            between = now(postgres.database());
            write(postgres.database(), "too late");
        } // a server that stops archives what is left

        assertThat(restore(backup, Optional.of(archive), Optional.of(between))
                        .into(restored, BackupTest::meals)
                        .seen())
                .isEqualTo(101);
        var everything = restore(backup, Optional.of(archive), Optional.empty())
                .into(folder.resolve("everything"), BackupTest::meals);
        assertThat(everything.seen()).isEqualTo(102);
        assertThat(everything.isWhole()).isTrue();
        assertThat(everything.lastCommit().orElseThrow()).isAfter(between);
        // what is restored is not archived, and not into the same folder
        try (var postgres = EmbeddedPostgres.start(restored)) {
            assertThat(number(postgres.database(), "SELECT (current_setting('archive_mode') = 'on')::int"))
                    .isZero();
        }
        assertThatExceptionOfType(EmbeddedPostgresException.class)
                .isThrownBy(() -> WalArchive.choose(restored, archive))
                .withMessageContaining("archive of another store");
    }

    @Test
    void what_was_restored_is_backed_up_and_archived_like_any_other() throws Exception {
        restore(backups.take(data, database -> 0), Optional.empty(), Optional.empty())
                .into(restored, database -> 0);

        WalArchive.choose(restored, archive);
        var second = BackupFolder.at(folder.resolve("second"));
        Backup backup;
        try (var postgres = EmbeddedPostgres.start(restored)) {
            prepare(postgres.database());
            backup = second.take(restored, database -> 0);
            write(postgres.database(), "after");
        }

        assertThat(restore(backup, Optional.of(archive), Optional.empty())
                        .into(folder.resolve("again"), BackupTest::meals)
                        .seen())
                .isOne();
    }

    @Test
    void a_moment_that_cannot_be_had_is_told() throws Exception {
        WalArchive.choose(data, archive);
        Backup backup;
        Instant last;
        try (var postgres = EmbeddedPostgres.start(data)) {
            prepare(postgres.database());
            backup = backups.take(data, database -> 0);
            write(postgres.database(), "last");
            last = now(postgres.database());
        }
        var early = backup.endedAt().minusMillis(1);
        assertThatExceptionOfType(EmbeddedPostgresException.class)
                .isThrownBy(() -> backups.lastBefore(Optional.of(early)))
                .withMessageContaining("is too early")
                .withMessageContaining(backup.endedAt().toString());
        assertThatExceptionOfType(EmbeddedPostgresException.class)
                .isThrownBy(() -> restore(backup, Optional.of(archive), Optional.of(early))
                        .into(restored, database -> 0))
                .withMessageContaining("is too early");
        assertThatExceptionOfType(EmbeddedPostgresException.class)
                .isThrownBy(() ->
                        restore(backup, Optional.empty(), Optional.of(last)).into(restored, database -> 0))
                .withMessageContaining("--archive");
        var late = last.plusSeconds(60);
        assertThatExceptionOfType(EmbeddedPostgresException.class)
                .isThrownBy(() ->
                        restore(backup, Optional.of(archive), Optional.of(late)).into(restored, database -> 0))
                .withMessageContaining("is too late")
                .withMessageContaining("the last change in the backup and its archive is of "
                        + last.toString().substring(0, 16));
        assertThat(folder).isDirectoryNotContaining("glob:**/restored*");
    }

    @Test
    void a_gap_in_the_archive_is_told_and_damage_there_is_not_taken_for_its_end() throws Exception {
        WalArchive.choose(data, archive);
        Backup backup;
        try (var postgres = EmbeddedPostgres.start(data)) {
            prepare(postgres.database());
            backup = backups.take(data, database -> 0);
            for (var more = 0; more < 2; more++) {
                write(postgres.database(), "then");
                BackupFolder.at(folder.resolve("backups-" + more)).take(data, database -> 0); // begins a new segment
            }
            write(postgres.database(), "last");
        }
        var after = WalArchive.open(archive).segments().stream()
                .filter(segment -> segment.compareTo(backup.manifest().lastSegment()) > 0)
                .toList();
        assertThat(after).hasSizeGreaterThan(2);
        var packed = archive.resolve(after.get(1) + ".gz");
        damage(packed, 40);
        assertThatExceptionOfType(EmbeddedPostgresException.class)
                .isThrownBy(() ->
                        restore(backup, Optional.of(archive), Optional.empty()).into(restored, database -> 0))
                .withMessageContaining("damaged: " + packed);

        Files.delete(packed);
        var outcome = restore(backup, Optional.of(archive), Optional.empty()).into(restored, BackupTest::meals);
        assertThat(outcome.isWhole()).isFalse();
        assertThat(outcome.seen()).isLessThan(3);
    }

    @Test
    void damage_to_a_backup_is_told_by_name_and_leaves_nothing_behind() throws IOException {
        var backup = backups.take(data, database -> 0);
        var victim = "postgres/global/pg_filenode.map";
        var file = backup.folder().resolve("store").resolve(victim);
        damage(file, 40);
        assertRefused(backup, victim + " is not what was saved");
        Files.delete(file);
        assertRefused(backup, victim + " is missing");

        damage(backup.folder().resolve("manifest"), 40);
        assertThatExceptionOfType(EmbeddedPostgresException.class)
                .isThrownBy(() -> backups.lastBefore(Optional.empty()))
                .withMessageContaining("manifest is damaged");
    }

    private void assertRefused(Backup backup, String why) {
        assertThatExceptionOfType(EmbeddedPostgresException.class)
                .isThrownBy(() ->
                        restore(backup, Optional.empty(), Optional.empty()).into(restored, database -> 0))
                .withMessageContaining(why);
        assertThat(folder).isDirectoryNotContaining("glob:**/restored*");
    }

    @Test
    void what_was_interrupted_is_no_backup_and_the_next_one_clears_it_away() throws IOException {
        var unfinished =
                Files.createDirectories(folder.resolve("backups/unfinished-2026-01-01T000000Z/store/postgres"));
        Files.writeString(unfinished.resolve("PG_VERSION"), "18\n");
        assertThatExceptionOfType(EmbeddedPostgresException.class)
                .isThrownBy(() -> backups.lastBefore(Optional.empty()))
                .withMessageContaining("no whole backup");

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> backups.take(data, database -> {
                    throw new IllegalStateException("interrupted");
                }));
        assertThat(backups.all()).isEmpty();
        var backup = backups.take(data, database -> 0);

        assertThat(unfinished).doesNotExist();
        assertThat(backups.lastBefore(Optional.empty()).folder()).isEqualTo(backup.folder());
        assertThat(BackupFolder.at(backup.folder()).all()).hasSize(1);
    }

    @Test
    void places_that_make_no_sense_are_refused() throws IOException {
        var nothing = folder.resolve("nothing");
        assertThatExceptionOfType(EmbeddedPostgresException.class)
                .isThrownBy(() -> backups.take(nothing, database -> 0))
                .withMessageContaining("no store in " + nothing);
        assertThatExceptionOfType(EmbeddedPostgresException.class)
                .isThrownBy(() -> BackupFolder.at(data.resolve("backups")).take(data, database -> 0))
                .withMessageContaining("inside the store");
        assertThatExceptionOfType(EmbeddedPostgresException.class)
                .isThrownBy(() -> WalArchive.choose(data, data.resolve("archive-folder")))
                .withMessageContaining("inside the data folder");
        var backup = backups.take(data, database -> 0);
        assertThatExceptionOfType(EmbeddedPostgresException.class)
                .isThrownBy(() ->
                        restore(backup, Optional.empty(), Optional.empty()).into(data, database -> 0))
                .withMessageContaining("is there already");
        assertThatExceptionOfType(EmbeddedPostgresException.class)
                .isThrownBy(() -> WalArchive.choose(data, folder.resolve("backups")))
                .withMessageContaining("holds something else");
    }

    @Test
    void an_archive_takes_nothing_twice_and_nothing_while_its_disk_is_away() throws Exception {
        WalArchive.choose(data, archive);
        EmbeddedPostgres.start(data).close();
        var piece = Files.writeString(folder.resolve("piece"), "one");
        assertThat(archive(piece, "A1")).isZero();
        assertThat(archive(piece, "A1")).isZero();
        assertThat(archive(Files.writeString(folder.resolve("other"), "two"), "A1"))
                .isOne();
        Files.move(archive.resolve("archive-of"), folder.resolve("elsewhere"));
        assertThat(archive(piece, "A2")).isNotZero();
        assertThat(archive.resolve("A2.gz")).doesNotExist();
        Files.move(folder.resolve("elsewhere"), archive.resolve("archive-of"));
        assertThat(archive(piece, "A2")).isZero();
    }

    private int archive(Path piece, String name) {
        return PostgresProgram.run(
                        data, "", List.of("sh", data.resolve("archive-wal").toString(), piece.toString(), name))
                .exitCode();
    }

    @Test
    void an_archive_once_chosen_is_used_until_told_otherwise() throws Exception {
        WalArchive.choose(data, archive);
        try (var postgres = EmbeddedPostgres.start(data)) {
            assertThat(number(postgres.database(), "SELECT (current_setting('archive_mode') = 'on')::int"))
                    .isOne();
            backups.take(data, database -> 0);
            await().until(() -> !WalArchive.open(archive).segments().isEmpty());
            assertThat(number(postgres.database(), "SELECT failed_count FROM pg_stat_archiver"))
                    .isZero();
        }
        WalArchive.stop(data);
        try (var postgres = EmbeddedPostgres.start(data)) {
            assertThat(number(postgres.database(), "SELECT (current_setting('archive_mode') = 'on')::int"))
                    .isZero();
        }
    }

    @Test
    void only_the_last_backups_are_kept_and_what_of_the_archive_serves_them() throws Exception {
        WalArchive.choose(data, archive);
        try (var postgres = EmbeddedPostgres.start(data)) {
            prepare(postgres.database());
            for (var count = 0; count < 3; count++) {
                write(postgres.database(), "meal");
                var taken = Instant.now().getEpochSecond();
                backups.take(data, database -> 0);
                await().until(() -> Instant.now().getEpochSecond() > taken);
            }
            write(postgres.database(), "last");
        }
        var all = backups.all();

        var forgotten = backups.keep(2, data);

        assertThat(forgotten.backups()).isOne();
        assertThat(forgotten.segments()).isPositive();
        assertThat(backups.all())
                .extracting(Backup::folder)
                .containsExactly(all.get(1).folder(), all.get(2).folder());
        assertThat(restore(all.get(1), Optional.of(archive), Optional.empty())
                        .into(restored, BackupTest::meals)
                        .seen())
                .isEqualTo(4);
        assertThat(backups.keep(2, data)).isEqualTo(new BackupFolder.Forgotten(0, 0));
    }

    @Test
    void a_torn_control_file_is_recognized() throws IOException {
        var control = Files.readAllBytes(data.resolve("postgres/global/pg_control"));
        assertThat(BaseBackup.isWhole(control)).isTrue();
        control[64] ^= 1;
        assertThat(BaseBackup.isWhole(control)).isFalse();
        assertThat(BaseBackup.isWhole(new byte[8192])).isFalse();
    }

    @Test
    void whoever_takes_backups_reads_nothing_of_the_product() throws Exception {
        try (var postgres = EmbeddedPostgres.start(data)) {
            var database = postgres.database();
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> DriverManager.getConnection(
                            database.url(), Role.BACKUP.roleName(), database.password(Role.BACKUP)))
                    .matches(refused -> refused.getSQLState().equals("28000"));
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> {
                        try (var connection = database.connect(Role.BACKUP);
                                var statement = connection.createStatement()) {
                            statement.execute("SELECT pg_read_file('pg_hba.conf')");
                        }
                    })
                    .matches(refused -> refused.getSQLState().equals("42501"));
        }
    }

    private static Restoration restore(Backup backup, Optional<Path> archive, Optional<Instant> until) {
        return new Restoration(backup, archive, until, Optional.empty());
    }

    private static void damage(Path file, long place) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            var one = ByteBuffer.allocate(1);
            channel.read(one, place);
            channel.write(ByteBuffer.wrap(new byte[] {(byte) (one.get(0) ^ 1)}), place);
        }
    }

    private static void prepare(Database database) throws SQLException {
        execute(
                database,
                "CREATE TABLE IF NOT EXISTS meal (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text)",
                "CREATE TABLE IF NOT EXISTS day (id int PRIMARY KEY, meals bigint)",
                "GRANT SELECT ON meal, day TO meals_query",
                "INSERT INTO day SELECT n, 0 FROM generate_series(0, 9) n");
    }

    private static void write(Database database, String meal) throws SQLException {
        execute(database, "INSERT INTO meal (name) VALUES ('" + meal + "')");
    }

    private static void execute(Database database, String... statements) throws SQLException {
        try (var connection = owner(database);
                var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static Connection owner(Database database) throws SQLException {
        var connection = database.connect(Role.MIGRATOR);
        try (var statement = connection.createStatement()) {
            statement.execute("SET ROLE meals_owner");
        }
        return connection;
    }

    /** Writes two tables per transaction, and makes and drops others. */
    private static Callable<Void> writer(Database database, AtomicLong acknowledged, boolean[] stopping) {
        return () -> {
            try (var connection = owner(database);
                    var statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                for (var turn = 0; !stopping[0]; turn++) {
                    statement.execute("INSERT INTO meal (name) VALUES (repeat('lunch ', 300))");
                    statement.execute("UPDATE day SET meals = meals + 1 WHERE id = " + turn % 10);
                    if (turn % 20 == 0) {
                        statement.execute("CREATE TABLE passing_"
                                + Thread.currentThread().threadId() + " AS SELECT * FROM meal LIMIT 100");
                    } else if (turn % 20 == 5) {
                        statement.execute(
                                "DROP TABLE passing_" + Thread.currentThread().threadId());
                    }
                    connection.commit();
                    acknowledged.incrementAndGet();
                }
            }
            return null;
        };
    }

    private static long meals(Database database) {
        return number(database, "SELECT count(*) FROM meal");
    }

    private static Instant now(Database database) throws SQLException {
        try (var connection = database.connect(Role.QUERY);
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT clock_timestamp()")) {
            rows.next();
            return rows.getObject(1, OffsetDateTime.class).toInstant();
        }
    }

    private static long number(Database database, String sql) {
        try (var connection = database.connect(Role.QUERY);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
