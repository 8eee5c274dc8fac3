package io.mealexpense.command.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.mealexpense.command.WriteSideOnPostgres;
import io.mealexpense.command.account.MasterKey;
import io.mealexpense.command.eventstore.LogDatabase;
import io.mealexpense.merkle.GrowingTree;
import io.mealexpense.merkle.event.EventLeaf;
import io.mealexpense.merkle.event.LoggedEvent;
import io.mealexpense.merkle.note.Checkpoint;
import io.mealexpense.merkle.note.VerifierKey;
import io.mealexpense.postgres.Database;
import io.mealexpense.postgres.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class LogSealerTest {

    private static final int MOST = 300;

    private final Database database = LogDatabase.create();
    private final DataSource commandRole = LogDatabase.as(Role.COMMAND, database);
    private final JdbcClient command = JdbcClient.create(commandRole);
    private final SingleConnectionDataSource ownerSession = new SingleConnectionDataSource(
            database.url(), database.username(Role.MIGRATOR), database.password(Role.MIGRATOR), true);
    private final JdbcClient owner = JdbcClient.create(ownerSession);

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        ownerSession.destroy();
    }

    private LogSealer sealer(CheckpointPublisher... publishers) {
        return new LogSealer(
                commandRole,
                new SealingKeys(MasterKey.of(WriteSideOnPostgres.MASTER_KEY), null),
                List.of(publishers),
                new SealingProperties(true, "", null, Duration.ofMillis(20), MOST, null));
    }

    private LogSealer sealer() {
        return sealer(new CheckpointFolder(folder));
    }

    private static void sealAll(LogSealer sealer) throws Exception {
        while (sealer.round()) {
            // there is more
        }
    }

    private void append(int events) {
        command.sql("""
                        WITH head AS (
                            UPDATE event_store.head SET position = position + :events, at = greatest(at, clock_timestamp())
                            RETURNING position - :events AS base, at)
                        INSERT INTO event_store.domain_event (position, aggregate_type, aggregate_id, sequence,
                            event_id, name, revision, recorded_at, payload, metadata)
                        SELECT base + n, 'Test', gen_random_uuid(), 0, gen_random_uuid(), 'Happened', '1', at,
                            format('{"n": "%s"}', base + n)::json, '{}'
                        FROM head, generate_series(1, :events) n
                        """).param("events", events).update();
    }

    private void asOwner(String... statements) {
        owner.sql("SET ROLE meals_owner").update();
        owner.sql("ALTER TABLE event_store.domain_event DISABLE TRIGGER USER").update();
        owner.sql("ALTER TABLE seal.tile DISABLE TRIGGER USER").update();
        owner.sql("ALTER TABLE seal.checkpoint DISABLE TRIGGER USER").update();
        for (var statement : statements) {
            owner.sql(statement).update();
        }
    }

    /** The last checkpoint in the database, opened with the key that is published. */
    private Checkpoint last() throws Exception {
        return Checkpoint.open(
                command.sql("SELECT note FROM seal.checkpoint ORDER BY size DESC LIMIT 1")
                        .query(String.class)
                        .single(),
                keys());
    }

    private List<VerifierKey> keys() {
        return command.sql("SELECT verifier_key FROM seal.signing_key").query(String.class).list().stream()
                .map(VerifierKey::parse)
                .toList();
    }

    /** The root over all events, made without the stored tiles. */
    private byte[] root() {
        var tree = new GrowingTree();
        var leaf = new EventLeaf();
        command.sql("SELECT " + LoggedEvent.COLUMNS + " FROM event_store.domain_event ORDER BY position")
                .query((row, number) -> LoggedEvent.of(row))
                .list()
                .forEach(event -> tree.append(leaf.take(event).hash(), (level, index, hashes) -> {}));
        return tree.root();
    }

    @Test
    void what_is_new_is_sealed_signed_and_published() throws Exception {
        append(700);
        try (var sealer = sealer()) {
            sealAll(sealer);
            var checkpoint = last();
            assertThat(checkpoint.size()).isEqualTo(700);
            assertThat(checkpoint.root()).isEqualTo(root());
            assertThat(Files.readString(folder.resolve("log.vkey"))).isEqualTo(keys().getFirst() + "\n");
            assertThat(command.sql("SELECT size FROM seal.checkpoint ORDER BY size")
                            .query(Long.class)
                            .list())
                    .as("at most %d events in one", MOST)
                    .containsExactly(300L, 600L, 700L);
            for (var stored : command.sql("SELECT size, note FROM seal.checkpoint")
                    .query()
                    .listOfRows()) {
                assertThat(folder.resolve("sizes/000000/" + stored.get("size")))
                        .hasContent(stored.get("note").toString());
            }
            assertThat(folder.resolve("checkpoint")).hasSameTextualContentAs(folder.resolve("sizes/000000/700"));

            assertThat(sealer.round()).as("nothing new").isFalse();
            assertThat(command.sql("SELECT count(*) FROM seal.checkpoint")
                            .query(Long.class)
                            .single())
                    .isEqualTo(3);
        }
    }

    @Test
    void an_empty_log_is_not_sealed() throws Exception {
        try (var sealer = sealer()) {
            assertThat(sealer.round()).isFalse();
        }
        assertThat(command.sql("SELECT count(*) FROM seal.checkpoint")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void sealing_in_any_steps_and_by_any_instances_comes_to_the_same_tree() throws Exception {
        var seed = new Random().nextLong();
        System.out.println("LogSealerTest seed " + seed);
        var random = new Random(seed);
        for (var step = 0; step < 25; step++) {
            append(1 + random.nextInt(random.nextBoolean() ? 5 : 600));
            try (var sealer = sealer()) {
                sealAll(sealer);
                append(1 + random.nextInt(5));
                sealAll(sealer);
            }
            assertThat(last().root()).as("seed %d, step %d", seed, step).isEqualTo(root());
        }
        assertThat(keys()).hasSize(1);
    }

    @Test
    void one_instance_seals_and_another_takes_over() throws Exception {
        append(10);
        var first = sealer();
        var second = sealer();
        first.round();
        append(10);
        second.round();
        assertThat(last().size()).as("the second one waits").isEqualTo(10);
        first.start();
        await().untilAsserted(() -> assertThat(last().size()).isEqualTo(20));
        first.close();
        append(10);
        await().untilAsserted(() -> {
            second.round();
            assertThat(last().size()).isEqualTo(30);
        });
        second.close();
        assertThat(last().root()).isEqualTo(root());
    }

    @Test
    void instances_beside_many_writers_seal_every_event_once() throws Exception {
        try (var writers = Executors.newFixedThreadPool(4);
                var one = sealer();
                var other = sealer()) {
            one.start();
            other.start();
            for (var done : writers.invokeAll(IntStream.range(0, 4)
                    .<Callable<Boolean>>mapToObj(writer -> () -> {
                        for (var i = 0; i < 100; i++) {
                            append(1 + i % 7);
                        }
                        return true;
                    })
                    .toList())) {
                assertThat(done.get()).isTrue();
            }
            var head = command.sql("SELECT position FROM event_store.head")
                    .query(Long.class)
                    .single();
            await().untilAsserted(() -> assertThat(last().size()).isEqualTo(head));
        }
        assertThat(last().root()).isEqualTo(root());
    }

    /** The sealer in the middle of its transaction, for as long as it likes. */
    @Test
    void appends_do_not_wait_for_a_sealer_that_is_stuck() throws Exception {
        append(50);
        try (var stuck = new SealSession(commandRole)) {
            assertThat(stuck.tryLock()).isTrue();
            var tree = stuck.tree(0).copy();
            stuck.readEvents(0, 50, tree::append);
            stuck.write(tree.changedTiles(), 50, tree.root(), "unsigned");
            command.sql("SET lock_timeout = '1s'").update();
            append(50);
            stuck.rollback();
        }
        assertThat(command.sql("SELECT position FROM event_store.head")
                        .query(Long.class)
                        .single())
                .isEqualTo(100);
    }

    // --- what does not extend what was sealed -----------------------------------------------------------------------

    private void requireRefused(LogSealer sealer, String why) throws SQLException {
        var before = command.sql("SELECT count(*) FROM seal.checkpoint")
                .query(Long.class)
                .single();
        assertThatExceptionOfType(SealRefusedException.class)
                .isThrownBy(() -> sealAll(sealer))
                .withMessageContaining(why);
        assertThat(command.sql("SELECT count(*) FROM seal.checkpoint")
                        .query(Long.class)
                        .single())
                .isEqualTo(before);
        append(1); // which people go on doing
    }

    @Test
    void a_log_that_ends_before_its_seal_is_not_signed() throws Exception {
        append(40);
        try (var sealer = sealer()) {
            sealAll(sealer);
            asOwner(
                    "DELETE FROM event_store.domain_event WHERE position > 30",
                    "UPDATE event_store.head SET position = 30");
            requireRefused(sealer, "ends at position 30, and 40 were sealed");
        }
    }

    @Test
    void an_older_dump_is_not_signed_over_what_was_published() throws Exception {
        append(40);
        try (var sealer = sealer()) {
            sealAll(sealer);
        }
        asOwner(
                "DELETE FROM event_store.domain_event WHERE position > 30",
                "UPDATE event_store.head SET position = 30",
                "DELETE FROM seal.tile",
                "DELETE FROM seal.checkpoint");
        try (var sealer = sealer()) {
            requireRefused(sealer, "and 40 were sealed as published in " + folder);
            assertThat(closed()).isEqualTo("published");
            openAsNobodyMay();
            append(30);
            requireRefused(sealer, "the first 40 events are not those of the checkpoint in " + folder);
            assertThat(closed()).isEqualTo("published");
        }
    }

    private String closed() {
        return command.sql("SELECT closed FROM event_store.lineage_state")
                .query(String.class)
                .optional()
                .orElse(null);
    }

    private void openAsNobodyMay() {
        asOwner("UPDATE event_store.lineage SET contradiction = NULL, published_size = NULL, published_root = NULL");
    }

    /** @return its position */
    private long declare() {
        return command.sql("""
                        SELECT declared_at
                          FROM event_store.lineage_state s
                         CROSS JOIN gen_random_uuid() id
                         CROSS JOIN event_store.declare_recovery(s.position, s.system_identifier, s.timeline,
                                   s.running_system_identifier, s.running_timeline, id, gen_random_uuid(),
                                   'LogRecoveryDeclared', '1', '{}', '{}')
                        """).query(Long.class).single();
    }

    /** Forty were published, thirty are restored, one declares it. */
    private void putBack() throws Exception {
        append(40);
        try (var sealer = sealer()) {
            sealAll(sealer);
        }
        asOwner(
                "DELETE FROM event_store.domain_event WHERE position > 30",
                "UPDATE event_store.head SET position = 30",
                "DELETE FROM seal.tile",
                "DELETE FROM seal.checkpoint");
    }

    @Test
    void whoever_declares_is_told_what_was_published_and_when() throws Exception {
        putBack();
        asOwner("UPDATE event_store.lineage SET timeline = timeline + 1");
        try (var sealer = sealer()) {
            sealAll(sealer);
        }
        assertThat(command.sql(
                                "SELECT closed || ' ' || published_size || ' ' || (published_at > now() - interval '1 hour')"
                                        + " FROM event_store.lineage_state")
                        .query(String.class)
                        .single())
                .isEqualTo("other-timeline 40 true");
        assertThat(command.sql("SELECT count(*) FROM seal.checkpoint")
                        .query(Long.class)
                        .single())
                .as("nothing is sealed meanwhile")
                .isZero();
    }

    @Test
    void after_the_declaration_sealing_goes_on_under_another_name_below_the_old_place() throws Exception {
        putBack();
        var published = Files.readString(folder.resolve("checkpoint"));
        try (var sealer = sealer()) {
            requireRefused(sealer, "and 40 were sealed as published in " + folder);
            sealAll(sealer);
            assertThat(closed()).isEqualTo("published");
            var declared = declare();
            assertThat(declared).isEqualTo(32);
            append(5);

            sealAll(sealer);

            var checkpoint = last();
            assertThat(checkpoint.origin()).matches("meal-expense-tracker/[0-9a-f]{16}/since-32-[0-9a-f]{8}");
            assertThat(checkpoint.size()).isEqualTo(37);
            assertThat(checkpoint.root()).isEqualTo(root());
            var place = folder.resolve(checkpoint.origin().replaceFirst(".*/", ""));
            assertThat(Files.readString(place.resolve("checkpoint"))).startsWith(checkpoint.origin() + "\n37\n");
            assertThat(Files.readAllLines(place.resolve("log.vkey"))).hasSize(2);
        }
        assertThat(Files.readString(folder.resolve("checkpoint"))).isEqualTo(published);
        // and after a restart
        append(5);
        try (var sealer = sealer()) {
            sealAll(sealer);
        }
        assertThat(last().size()).isEqualTo(42);
        assertThat(closed()).isNull();
        assertThat(keys()).hasSize(2);
    }

    @Test
    void an_older_copy_is_known_before_the_first_command_whichever_instance_seals() throws Exception {
        putBack();
        try (var other = commandRole.getConnection();
                var statement = other.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(%d)".formatted(0x7365616cL)); // another one seals
            try (var sealer = sealer()) {
                sealer.start(); // as the service does, which takes commands from then on
                assertThat(closed()).isEqualTo("published");
            }
        }
    }

    @Test
    void a_log_that_is_whole_is_not_closed_by_the_look_before_the_first_command() throws Exception {
        append(700);
        try (var sealer = sealer()) {
            sealAll(sealer);
            append(3);
            sealer.lookBeforeAnythingIsAppended();
        }
        assertThat(closed()).isNull();
        asOwner(
                "UPDATE event_store.domain_event SET payload = '{}' WHERE position = 5",
                "DELETE FROM seal.tile",
                "DELETE FROM seal.checkpoint");
        try (var elsewhere = sealer(new CheckpointFolder(folder.resolve("elsewhere")))) {
            sealAll(elsewhere);
        }
        try (var sealer = sealer()) {
            sealer.lookBeforeAnythingIsAppended();
        }
        assertThat(closed())
                .as("its first events are others than those published")
                .isEqualTo("published");
    }

    @Test
    void a_place_that_cannot_be_reached_closes_nothing() throws Exception {
        putBack();
        var place = new Unreliable(folder);
        place.away = true;
        try (var sealer = sealer(place)) {
            sealer.lookBeforeAnythingIsAppended();
            assertThatThrownBy(sealer::round).isInstanceOf(IOException.class);
        }
        assertThat(closed()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"another log's", "rubbish"})
    void what_is_not_of_this_log_closes_nothing(String what) throws Exception {
        append(40);
        try (var sealer = sealer()) {
            sealAll(sealer);
        }
        var checkpoint = folder.resolve("checkpoint");
        Files.writeString(
                checkpoint,
                what.equals("rubbish")
                        ? "?"
                        : Files.readString(checkpoint).replaceAll("(?m)meal-expense-tracker/[0-9a-f]+", "another"));
        try (var sealer = sealer()) {
            sealer.lookBeforeAnythingIsAppended();
            requireRefused(sealer, "is not ours");
        }
        assertThat(closed()).isNull();
    }

    /** As where the key was changed after the backup was taken. */
    @Test
    void what_was_published_by_a_key_that_the_log_does_not_have_closes_it() throws Exception {
        append(40);
        try (var sealer = sealer()) {
            sealAll(sealer);
        }
        var checkpoint = folder.resolve("checkpoint");
        Files.writeString(checkpoint, Files.readString(checkpoint).replaceFirst("\n40\n", "\n41\n"));
        try (var sealer = sealer()) {
            requireRefused(sealer, "its signature is not by a known key");
        }
        assertThat(closed()).isEqualTo("published");
    }

    /** The database was put back to before its last checkpoints, and the log is whole. */
    @Test
    void checkpoints_that_only_the_folder_has_are_caught_up_with() throws Exception {
        append(40);
        try (var sealer = sealer()) {
            sealAll(sealer);
            append(700);
            sealAll(sealer);
        }
        asOwner("DELETE FROM seal.tile", "DELETE FROM seal.checkpoint");
        append(5);
        try (var sealer = sealer()) {
            sealAll(sealer);
        }
        assertThat(last().size()).isEqualTo(745);
        assertThat(last().root()).isEqualTo(root());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE seal.tile SET hashes = set_byte(hashes, 3, 255 - get_byte(hashes, 3)) WHERE level = 0",
                "UPDATE seal.checkpoint SET note = replace(note, '40', '41')",
                "UPDATE seal.tile SET hashes = substring(hashes FOR 32), fingerprints = substring(fingerprints FOR 44)",
                "DELETE FROM seal.tile"
            })
    void a_seal_that_was_touched_is_not_gone_on_with(String touch) throws Exception {
        append(40);
        try (var sealer = sealer()) {
            sealAll(sealer);
        }
        asOwner(touch);
        append(1);
        try (var sealer = sealer()) {
            requireRefused(sealer, "");
        }
    }

    @Test
    void missing_events_are_not_skipped() throws Exception {
        append(40);
        asOwner("DELETE FROM event_store.domain_event WHERE position = 20");
        try (var sealer = sealer()) {
            requireRefused(sealer, "Position 21 follows position 19");
        }
    }

    // --- publishing -------------------------------------------------------------------------------------------------

    private static final class Unreliable implements CheckpointPublisher {
        private final CheckpointFolder folder;
        private boolean down;
        private boolean away;
        private boolean closed;
        private boolean takesNoKeys;
        private Duration slow = Duration.ZERO;

        Unreliable(Path folder) {
            this.folder = new CheckpointFolder(folder);
        }

        @Override
        public Optional<String> latest() throws IOException {
            if (away) {
                throw new IOException("No route to host");
            }
            return folder.latest();
        }

        @Override
        public Optional<Instant> latestAt() throws IOException {
            return folder.latestAt();
        }

        @Override
        public CheckpointPublisher below(String series) {
            return folder.below(series);
        }

        @Override
        public void publish(long size, String note) throws IOException {
            if (down) {
                throw new IOException("The disk is full");
            }
            try {
                Thread.sleep(slow);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            folder.publish(size, note);
        }

        @Override
        public void publishAsLatest(String note) throws IOException {
            folder.publishAsLatest(note);
        }

        @Override
        public boolean publish(List<VerifierKey> keys) throws IOException {
            if (takesNoKeys) {
                throw new IOException("No answer within 6 s");
            }
            return folder.publish(keys);
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @Test
    void places_are_closed_with_the_sealer_and_not_before() throws Exception {
        var place = new Unreliable(folder);
        try (var sealer = sealer(place)) {
            append(10);
            sealAll(sealer);
            assertThat(place.closed).isFalse();
        }
        assertThat(place.closed).isTrue();
    }

    @Test
    void what_could_not_be_published_is_published_later() throws Exception {
        var unreliable = new Unreliable(folder);
        try (var sealer = sealer(unreliable)) {
            append(10);
            sealAll(sealer);
            unreliable.down = true;
            append(10);
            sealAll(sealer);
            append(10);
            sealAll(sealer);
            assertThat(last().size()).as("sealing goes on").isEqualTo(30);
            assertThat(folder.resolve("sizes/000000/20")).doesNotExist();
            unreliable.down = false;
            await().untilAsserted(() -> {
                sealAll(sealer);
                assertThat(folder.resolve("sizes/000000/30")).exists();
            });
        }
        for (var size : List.of(10, 20, 30)) {
            assertThat(folder.resolve("sizes/000000/" + size)).exists();
        }
        assertThat(folder.resolve("checkpoint")).hasSameTextualContentAs(folder.resolve("sizes/000000/30"));
    }

    @Test
    void a_place_that_takes_no_keys_holds_up_no_sealing_and_gets_them_before_its_checkpoints() throws Exception {
        var unreliable = new Unreliable(folder);
        unreliable.takesNoKeys = true;
        try (var sealer = sealer(unreliable)) {
            append(10);
            sealAll(sealer);
            assertThat(last().size()).as("sealed all the same").isEqualTo(10);
            assertThat(folder).as("what nobody could verify is not published").isEmptyDirectory();
            assertThat(sealer.rounds(LogSealer.Trouble.FAILED))
                    .as("and it is told")
                    .isPositive();
            unreliable.takesNoKeys = false;
            await().untilAsserted(() -> {
                sealAll(sealer);
                assertThat(folder.resolve("sizes/000000/10")).exists();
            });
        }
        assertThat(folder.resolve("log.vkey")).hasContent(keys().getFirst() + "\n");
    }

    @Test
    void keys_that_a_place_has_lost_are_published_again() throws Exception {
        try (var sealer = sealer()) {
            append(10);
            sealAll(sealer);
            Files.delete(folder.resolve("log.vkey"));
            await().untilAsserted(() -> {
                sealAll(sealer);
                assertThat(folder.resolve("log.vkey")).hasContent(keys().getFirst() + "\n");
            });
        }
    }

    @Test
    void a_slow_place_takes_what_it_can_in_each_round_and_holds_up_nobody() throws Exception {
        try (var sealer = sealer()) {
            append(10);
            sealAll(sealer);
        }
        try (var sealer = sealer(new CheckpointFolder(folder.resolve("fast")))) {
            append(4 * MOST);
            sealAll(sealer);
        }
        var slow = new Unreliable(folder);
        slow.slow = Duration.ofMillis(600);
        try (var sealer = sealer(slow)) {
            append(1);
            assertThat(sealer.round()).as("there is more").isTrue();
            assertThat(last().size()).as("sealed all the same").isEqualTo(4 * MOST + 11);
            assertThat(folder.resolve("sizes/000000/" + (4 * MOST + 11))).doesNotExist();
            assertThat(Checkpoint.open(Files.readString(folder.resolve("checkpoint")), keys())
                            .size())
                    .as("as far as it came")
                    .isBetween(10L, 4L * MOST);
            sealAll(sealer);
            assertThat(folder.resolve("sizes/000000/" + (4 * MOST + 11)))
                    .hasSameTextualContentAs(folder.resolve("checkpoint"));
        }
    }

    @Test
    void a_checkpoint_that_was_published_is_not_replaced() throws Exception {
        append(10);
        try (var sealer = sealer()) {
            sealAll(sealer);
        }
        var other = new CheckpointFolder(folder);
        assertThatExceptionOfType(SealRefusedException.class).isThrownBy(() -> other.publish(10, "another"));
        assertThat(folder.resolve("sizes/000000/10")).hasContent(other.latest().orElseThrow());
    }

    @Test
    void a_folder_that_another_log_publishes_in_is_left_alone() throws Exception {
        append(10);
        try (var sealer = sealer()) {
            sealAll(sealer);
        }
        var elsewhere = LogDatabase.create();
        try (var stranger = new LogSealer(
                LogDatabase.as(Role.COMMAND, elsewhere),
                new SealingKeys(MasterKey.of(WriteSideOnPostgres.MASTER_KEY), null),
                List.of(new CheckpointFolder(folder)),
                new SealingProperties(true, "", null, Duration.ofMillis(20), MOST, null))) {
            assertThatExceptionOfType(SealRefusedException.class)
                    .isThrownBy(stranger::round)
                    .withMessageContaining("is not ours");
        }
        assertThat(Files.readAllLines(folder.resolve("log.vkey"))).hasSize(1);
    }

    // --- rights -----------------------------------------------------------------------------------------------------

    @Test
    void nobody_who_can_log_in_takes_anything_of_the_seal_back() throws Exception {
        append(10);
        try (var sealer = sealer()) {
            sealAll(sealer);
        }
        for (var refused : List.of(
                "DELETE FROM seal.tile",
                "DELETE FROM seal.checkpoint",
                "UPDATE seal.checkpoint SET note = ''",
                "UPDATE seal.signing_key SET private_key = ''",
                "UPDATE seal.tile SET hashes = sha256(hashes), fingerprints = substring(fingerprints FOR 44)")) {
            assertThatThrownBy(() -> command.sql(refused).update())
                    .as(refused)
                    .isInstanceOf(DataAccessException.class)
                    .rootCause()
                    .message()
                    .matches("(?s).*(permission denied|only grows).*");
        }
        var query = JdbcClient.create(LogDatabase.as(Role.QUERY, database));
        assertThat(query.sql("SELECT count(*) FROM seal.checkpoint")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
        assertThatThrownBy(() -> query.sql("SELECT private_key FROM seal.signing_key")
                        .query(byte[].class)
                        .list())
                .rootCause()
                .hasMessageContaining("permission denied");
    }
}
