package io.mealexpense.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class EmbeddedPostgresTest {

    private static final String REFUSED_LOGIN = "28P01";
    private static final String REFUSED_BY_RULE = "28000";

    @TempDir
    Path folder;

    @Test
    void what_was_committed_is_there_after_a_restart() throws SQLException {
        int port;
        try (var postgres = EmbeddedPostgres.start(folder)) {
            remember(postgres.database(), "lunch");
            port = postgres.database().port();
        }
        try (var postgres = EmbeddedPostgres.start(folder)) {
            assertThat(remembered(postgres.database())).containsExactly("lunch");
            assertThat(postgres.database().port()).isEqualTo(port);
        }
        assertThat(Postmaster.of(folder.resolve("postgres"))).isEmpty();
    }

    @Test
    void an_acknowledged_commit_is_on_disk() throws SQLException {
        try (var postgres = EmbeddedPostgres.start(folder)) {
            for (var role : Role.ofProduct()) {
                assertThat(List.of("fsync", "synchronous_commit", "full_page_writes", "data_checksums"))
                        .allSatisfy(setting -> assertThat(queryAs(role, postgres.database(), "SHOW " + setting))
                                .containsExactly("on"));
            }
        }
    }

    @Test
    void nobody_gets_in_without_the_right_password() throws SQLException {
        try (var postgres = EmbeddedPostgres.start(folder)) {
            var database = postgres.database();
            assertThat(folder.resolve("postgres/pg_hba.conf")).content().doesNotContain("trust");
            for (var role : Role.ofProduct()) {
                assertThat(refusal(database.url(), role.roleName(), "wrong")).isEqualTo(REFUSED_LOGIN);
            }
            assertThat(refusal(database.url(), "postgres", "postgres")).isEqualTo(REFUSED_BY_RULE);
            assertThat(refusal(database.url(), Bootstrap.OWNER, "wrong")).isEqualTo(REFUSED_BY_RULE);
            var otherDatabase = database.url().replace("/meals", "/postgres");
            assertThat(refusal(otherDatabase, database.username(Role.QUERY), database.password(Role.QUERY)))
                    .isEqualTo(REFUSED_BY_RULE);
            assertThat(database.passwords().values()).doesNotHaveDuplicates();
            assertThat(database.toString()).doesNotContain(database.password(Role.COMMAND));
        }
    }

    @Test
    void it_listens_on_this_machine_only() throws SQLException {
        try (var postgres = EmbeddedPostgres.start(folder)) {
            assertThat(queryAs(Role.QUERY, postgres.database(), "SHOW listen_addresses"))
                    .containsExactly("127.0.0.1");
        }
    }

    @Test
    void only_the_migrator_makes_tables_and_they_belong_to_the_owner() throws SQLException {
        try (var postgres = EmbeddedPostgres.start(folder)) {
            var database = postgres.database();
            assertThat(denied(Role.COMMAND, database, "CREATE SCHEMA mine")).isEqualTo("42501");
            assertThat(denied(Role.QUERY, database, "CREATE TABLE mine (n int)"))
                    .isEqualTo("42501");
            assertThat(denied(Role.COMMAND, database, "SET ROLE meals_owner")).isEqualTo("42501");
            assertThat(denied(Role.MIGRATOR, database, "CREATE TABLE mine (n int)"))
                    .isEqualTo("42501");
            remember(database, "lunch");
            assertThat(queryAs(Role.QUERY, database, "SELECT tableowner FROM pg_tables WHERE tablename = 'meal'"))
                    .containsExactly("meals_owner");
            assertThat(queryAs(Role.QUERY, database, "SELECT rolname FROM pg_roles WHERE rolsuper AND rolcanlogin"))
                    .isEmpty();
        }
    }

    @Test
    void no_session_of_any_role_blocks_others_for_ever() throws SQLException {
        try (var postgres = EmbeddedPostgres.start(folder)) {
            for (var role : Role.ofProduct()) {
                assertThat(queryAs(role, postgres.database(), "SHOW idle_in_transaction_session_timeout"))
                        .containsExactly("1min");
                assertThat(queryAs(role, postgres.database(), "SHOW lock_timeout"))
                        .doesNotContain("0");
            }
            assertThat(queryAs(Role.COMMAND, postgres.database(), "SHOW statement_timeout"))
                    .containsExactly("15s");
            assertThat(queryAs(Role.QUERY, postgres.database(), "SHOW statement_timeout"))
                    .containsExactly("1min");
        }
    }

    @Test
    void secrets_and_data_are_for_their_owner_only() throws IOException {
        EmbeddedPostgres.start(folder).close();
        assertThat(mode("credentials.properties")).isEqualTo("rw-------");
        assertThat(mode("postgres")).isEqualTo("rwx------");
        assertThat(mode("log")).isEqualTo("rwx------");
    }

    @Test
    void a_second_start_on_the_same_folder_is_refused_and_says_why() throws Exception {
        try (var postgres = EmbeddedPostgres.start(folder)) {
            assertThatExceptionOfType(DataDirectoryInUse.class)
                    .isThrownBy(() -> EmbeddedPostgres.start(folder))
                    .withMessageContaining("is in use by this process");
            assertThat(queryAs(Role.QUERY, postgres.database(), "SELECT 'still here'"))
                    .containsExactly("still here");
        }
        try (var other = ServerProcess.start(folder)) {
            other.awaitReady();
            assertThatExceptionOfType(DataDirectoryInUse.class)
                    .isThrownBy(() -> EmbeddedPostgres.start(folder))
                    .withMessageContaining("is in use by process " + other.pid());
            other.stop();
        }
        EmbeddedPostgres.start(folder).close();
    }

    @Test
    void after_its_process_was_killed_the_server_is_stopped_and_nothing_is_lost() throws Exception {
        Postmaster orphan;
        try (var killed = ServerProcess.start(folder)) {
            var port = killed.awaitReady();
            remember(
                    new Database("meals", port, Credentials.readOrCreate(folder.resolve("credentials.properties"))),
                    "lunch");
            killed.kill();
            orphan = Postmaster.of(folder.toRealPath().resolve("postgres")).orElseThrow();
            assertThat(orphan.lives()).isTrue();
        }
        try (var postgres = EmbeddedPostgres.start(folder)) {
            assertThat(orphan.lives()).isFalse();
            assertThat(remembered(postgres.database())).containsExactly("lunch");
        }
    }

    @Test
    void after_the_server_itself_was_killed_nothing_is_lost() throws Exception {
        try (var killed = ServerProcess.start(folder)) {
            var port = killed.awaitReady();
            remember(
                    new Database("meals", port, Credentials.readOrCreate(folder.resolve("credentials.properties"))),
                    "lunch");
            killed.kill();
        }
        var server = ProcessHandle.of(Long.parseLong(Files.readAllLines(folder.resolve("postgres/postmaster.pid"))
                        .getFirst()))
                .orElseThrow();
        server.destroyForcibly();
        await().until(() -> !server.isAlive()
                || Postmaster.of(folder.toRealPath().resolve("postgres"))
                        .filter(Postmaster::lives)
                        .isEmpty());
        try (var postgres = EmbeddedPostgres.start(folder)) {
            assertThat(remembered(postgres.database())).containsExactly("lunch");
        }
    }

    @Test
    void the_number_of_a_server_long_gone_may_be_somebody_elses_who_is_left_alone() throws Exception {
        EmbeddedPostgres.start(folder).close();
        var innocent = new ProcessBuilder("sleep", "60").start();
        try {
            Files.writeString(
                    folder.resolve("postgres/postmaster.pid"),
                    innocent.pid() + "\n" + folder.resolve("postgres") + "\n1\n1\n\n127.0.0.1\n1 1\nready\n");
            EmbeddedPostgres.start(folder).close();
            assertThat(innocent.isAlive()).isTrue();
        } finally {
            innocent.destroyForcibly();
        }
    }

    @Test
    void a_start_that_was_killed_half_way_leaves_nothing_in_the_way() throws Exception {
        for (var pause : List.of(0, 150, 300, 450, 600, 750, 900)) {
            try (var starting = ServerProcess.start(folder)) {
                await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(folder.resolve("lock")));
                await().pollDelay(Duration.ofMillis(pause + 1)).until(() -> true);
                starting.kill();
            }
        }
        try (var postgres = EmbeddedPostgres.start(folder)) {
            remember(postgres.database(), "lunch");
            assertThat(remembered(postgres.database())).containsExactly("lunch");
        }
    }

    @Test
    void a_port_taken_meanwhile_is_replaced() throws Exception {
        int port;
        try (var postgres = EmbeddedPostgres.start(folder)) {
            port = postgres.database().port();
        }
        try (var taken = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"));
                var postgres = EmbeddedPostgres.start(folder)) {
            assertThat(postgres.database().port()).isNotEqualTo(taken.getLocalPort());
            assertThat(queryAs(Role.QUERY, postgres.database(), "SELECT 'here'"))
                    .containsExactly("here");
        }
    }

    @Test
    void lost_credentials_are_replaced() throws Exception {
        Map<Role, String> before;
        try (var postgres = EmbeddedPostgres.start(folder)) {
            remember(postgres.database(), "lunch");
            before = postgres.database().passwords();
        }
        Files.delete(folder.resolve("credentials.properties"));
        try (var postgres = EmbeddedPostgres.start(folder)) {
            assertThat(remembered(postgres.database())).containsExactly("lunch");
            assertThat(refusal(postgres.database().url(), "meals_query", before.get(Role.QUERY)))
                    .isEqualTo(REFUSED_LOGIN);
        }
    }

    @Test
    void credentials_that_others_could_read_are_refused() throws Exception {
        EmbeddedPostgres.start(folder).close();
        Files.setPosixFilePermissions(
                folder.resolve("credentials.properties"), PosixFilePermissions.fromString("rw-r--r--"));
        assertThatExceptionOfType(EmbeddedPostgresException.class)
                .isThrownBy(() -> EmbeddedPostgres.start(folder))
                .withMessageContaining("chmod 600");
    }

    @Test
    void data_of_another_major_version_is_refused() throws Exception {
        EmbeddedPostgres.start(folder).close();
        Files.writeString(folder.resolve("postgres/PG_VERSION"), "17\n");
        assertThatExceptionOfType(EmbeddedPostgresException.class)
                .isThrownBy(() -> EmbeddedPostgres.start(folder))
                .withMessageContaining("written by PostgreSQL 17")
                .withMessageContaining("brings PostgreSQL 18");
    }

    @Test
    void a_server_that_cannot_start_says_what_its_log_says() throws Exception {
        EmbeddedPostgres.start(folder).close();
        Files.delete(folder.resolve("postgres/global/pg_control"));
        assertThatExceptionOfType(EmbeddedPostgresException.class)
                .isThrownBy(() -> EmbeddedPostgres.start(folder))
                .withMessageContaining("pg_control");
    }

    @Test
    void closing_twice_is_closing() {
        var postgres = EmbeddedPostgres.start(folder);
        postgres.close();
        postgres.close();
        assertThat(Postmaster.of(folder.resolve("postgres"))).isEmpty();
    }

    /** The tests themselves may run as root, or as somebody; either way an ordinary account must do. */
    @Test
    void an_ordinary_account_needs_nothing_else() throws Exception {
        assumeThat(PostgresProgram.isRoot())
                .as("only root can become somebody else")
                .isTrue();
        var copy = Files.createTempDirectory("class-path");
        var data = Files.createTempDirectory("nobodys-data");
        try {
            Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.setAttribute(data, "unix:uid", 65_534);
            var prefix = List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
            for (var start = 0; start < 2; start++) {
                try (var process = ServerProcess.startAs(
                        prefix,
                        Files.createTempDirectory(
                                copy,
                                "",
                                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x"))),
                        data)) {
                    process.awaitReady();
                    process.stop();
                }
            }
            assertThatExceptionOfType(EmbeddedPostgresException.class)
                    .isThrownBy(() -> EmbeddedPostgres.start(data))
                    .withMessageContaining("belongs to the account");
        } finally {
            PrivateFiles.deleteTree(copy);
            PrivateFiles.deleteTree(data);
        }
    }

    private String mode(String name) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name)));
    }

    private static void remember(Database database, String meal) throws SQLException {
        try (var connection = database.connect(Role.MIGRATOR);
                var statement = connection.createStatement()) {
            statement.execute("SET ROLE meals_owner");
            statement.execute("CREATE TABLE IF NOT EXISTS meal (name text)");
            statement.execute("GRANT SELECT ON meal TO meals_query");
            statement.execute("INSERT INTO meal VALUES ('" + meal + "')");
        }
    }

    private static List<String> remembered(Database database) throws SQLException {
        return queryAs(Role.QUERY, database, "SELECT name FROM meal");
    }

    private static List<String> queryAs(Role role, Database database, String sql) throws SQLException {
        var values = new ArrayList<String>();
        try (var connection = database.connect(role);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }

    private static String denied(Role role, Database database, String sql) throws SQLException {
        try (var connection = database.connect(role);
                var statement = connection.createStatement()) {
            statement.execute(sql);
            return "allowed";
        } catch (SQLException e) {
            return e.getSQLState();
        }
    }

    private static String refusal(String url, String user, String password) {
        try {
            DriverManager.getConnection(url, user, password).close();
            return "let in";
        } catch (SQLException e) {
            return e.getSQLState();
        }
    }
}
