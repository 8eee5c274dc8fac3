package io.mealexpense.verify;

import io.mealexpense.command.sealing.TestSealer;
import io.mealexpense.postgres.Database;
import io.mealexpense.postgres.Role;
import io.mealexpense.postgres.SharedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * A log of expenses, the same whenever it is made, sealed as it grew and published. Copies of it are made in
 * milliseconds, to be tampered with.
 */
final class History implements AutoCloseable {

    /** Sizes at which it was sealed, in tiles and across them. */
    static final int[] SEALED = {100, 200, 256, 300, 512, 600};

    /** Events that come after the last checkpoint. */
    static final int TAIL = 20;

    static final int LAST = 600 + TAIL;

    /** What another run published is of another key. */
    private static final String RUN = UUID.randomUUID().toString();

    private static final int EVENTS_PER_EXPENSE = 3;
    private static final Instant BEGINNING = Instant.parse("2026-01-01T08:00:00Z");
    private static final String MASTER_KEY = Base64.getEncoder().encodeToString(new byte[32]);

    /** All copies are sealed by the key that the first one made. */
    private static final Map<String, Object> KEY = new HashMap<>();

    final Database database;
    final Path folder;
    private final SingleConnectionDataSource ownerSession;

    /** The database's owner: what nobody who can log in is, and an attacker may have become. */
    final JdbcClient owner;

    private History(Database database, Path folder) {
        this.database = database;
        this.folder = folder;
        this.ownerSession = new SingleConnectionDataSource(
                database.url(), database.username(Role.MIGRATOR), database.password(Role.MIGRATOR), true);
        this.owner = JdbcClient.create(ownerSession);
        owner.sql("SET ROLE meals_owner").update();
    }

    /** A copy of the whole, with its own copy of what was published. */
    static History copy() {
        return copyOf(SEALED.length, TAIL);
    }

    /** The same log, which published and publishes elsewhere: as a backup, restored beside what was published since. */
    History publishingIn(Path published) {
        ownerSession.destroy();
        return new History(database, published);
    }

    /** What was published contradicts the log, and somebody declares that it is restored. */
    long closeAndDeclare() throws InterruptedException {
        try (var sealer = sealer()) {
            sealer.requireContradiction();
        }
        return declare();
    }

    void closeForAnotherCluster() {
        owner.sql("UPDATE event_store.lineage SET system_identifier = system_identifier + 1")
                .update();
    }

    /** As the service does. */
    long declare() {
        return JdbcClient.create(as(Role.COMMAND, database))
                .sql("""
                        SELECT declared_at
                          FROM event_store.lineage_state s
                         CROSS JOIN gen_random_uuid() id
                         CROSS JOIN event_store.declare_recovery(s.position, s.system_identifier, s.timeline,
                                   s.running_system_identifier, s.running_timeline, id, gen_random_uuid(),
                                   'LogRecoveryDeclared', '1',
                                   json_build_object('lastPosition', s.position, 'publishedSize', s.published_size,
                                       'reason', 'The disk was lost')::text,
                                   '{"actorId": "0000-an-administrator"}')
                        """)
                .query(Long.class)
                .single();
    }

    /** As it was with some of its checkpoints, and some events after the last of them. */
    static History copyOf(int checkpoints, int tail) {
        var name = "history-" + checkpoints + "-" + tail;
        var published = template(name);
        var database = SharedPostgres.database(name, fresh -> grow(fresh, published, checkpoints, tail));
        return new History(database, copyOf(published));
    }

    private static Path template(String name) {
        return Path.of("target", "published", RUN, name).toAbsolutePath();
    }

    static Path copyOf(Path folder) {
        try {
            var copy = Files.createTempDirectory("published");
            try (var files = Files.walk(folder)) {
                for (var file : files.filter(Files::isRegularFile).toList()) {
                    var target = copy.resolve(folder.relativize(file).toString());
                    Files.createDirectories(target.getParent());
                    Files.copy(file, target);
                }
            }
            return copy;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static void migrate(Database database) {
        for (var schema : Map.of("event_store", "log", "seal", "seal").entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .toList()) {
            Flyway.configure()
                    .dataSource(database.url(), database.username(Role.MIGRATOR), database.password(Role.MIGRATOR))
                    .initSql("SET ROLE meals_owner")
                    .schemas(schema.getKey())
                    .defaultSchema(schema.getKey())
                    .locations("classpath:db/migration/" + schema.getValue())
                    .placeholders(Map.of(
                            "commandRole", "meals_command",
                            "queryRole", "meals_query",
                            "auditorRole", "meals_auditor"))
                    .load()
                    .migrate();
        }
    }

    private static synchronized void grow(Database database, Path folder, int checkpoints, int tail) {
        migrate(database);
        var command = JdbcClient.create(as(Role.COMMAND, database));
        if (!KEY.isEmpty()) {
            command.sql("INSERT INTO seal.signing_key (verifier_key, private_key) VALUES (:verifier_key, :private_key)")
                    .params(KEY)
                    .update();
        }
        var last = 0;
        try (var sealer = new TestSealer(as(Role.COMMAND, database), MASTER_KEY, folder, 1_000)) {
            for (var i = 0; i < checkpoints; i++) {
                append(database, last, SEALED[i]);
                sealer.sealAll();
                last = SEALED[i];
            }
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
        append(database, last, last + tail);
        KEY.putAll(command.sql("SELECT verifier_key, private_key FROM seal.signing_key")
                .query()
                .singleRow());
    }

    static DataSource as(Role role, Database database) {
        return new DriverManagerDataSource(database.url(), database.username(role), database.password(role));
    }

    private static void append(Database database, long after, long upTo) {
        var session = new SingleConnectionDataSource(
                database.url(), database.username(Role.COMMAND), database.password(Role.COMMAND), true);
        try {
            var command = JdbcClient.create(session);
            for (var position = after + 1; position <= upTo; position++) {
                append(command, position);
            }
        } finally {
            session.destroy();
        }
    }

    /** Appends the event that this history has at a position. */
    private static void append(JdbcClient command, long position) {
        var sequence = (position - 1) % EVENTS_PER_EXPENSE;
        command.sql("""
                        WITH head AS (
                            UPDATE event_store.head SET position = ?, at = greatest(at, ?) RETURNING position, at)
                        INSERT INTO event_store.domain_event (position, aggregate_type, aggregate_id, sequence,
                            event_id, name, revision, recorded_at, command_id, payload, metadata)
                        SELECT position, 'MealExpense', ?, ?, ?, ?, '1', at, ?, ?::json, ?::json FROM head
                        """)
                .params(
                        position,
                        at(position),
                        expense(position),
                        sequence,
                        new UUID(0x018f_0000_0000_7001L, 0x8000_0000_0000_0000L + position),
                        sequence == 0 ? "MealExpenseRecorded" : "MealExpenseAmended",
                        sequence == 0 ? null : "key-" + position,
                        "{\"amount\": \"%d.50\",  \"place\": \"Café %d\"}".formatted(position, position),
                        "{\"actorId\": \"%s\"}".formatted(new UUID(7, position % 5)))
                .update();
    }

    private static OffsetDateTime at(long position) {
        return BEGINNING.plusNanos(position * 1_000_003_000L).atOffset(ZoneOffset.UTC);
    }

    /** The expense whose event is at a position. */
    static UUID expense(long position) {
        return new UUID(0x018f_0000_0000_7000L, 0x8000_0000_0000_0000L + (position - 1) / EVENTS_PER_EXPENSE);
    }

    /** Goes on where it ended, and seals what is new. */
    void appendAndSeal(long events) throws InterruptedException {
        append(head() + events);
        try (var sealer = sealer()) {
            sealer.sealAll();
        }
    }

    /** Appends events and seals them after the sealer was told to use a key made after a moment. */
    void appendAndSealByAKeyMadeAfter(Instant moment, long events) throws InterruptedException {
        append(head() + events);
        try (var sealer = new TestSealer(as(Role.COMMAND, database), MASTER_KEY, folder, 1_000, moment)) {
            sealer.sealAll();
        }
    }

    /** By the clock that keys are made by. */
    Instant now() {
        return owner.sql("SELECT clock_timestamp()")
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
    }

    /** The log's public keys, the oldest first. */
    List<String> keys() {
        return owner.sql("SELECT verifier_key FROM seal.signing_key ORDER BY created_at")
                .query(String.class)
                .list();
    }

    TestSealer sealer() {
        return new TestSealer(as(Role.COMMAND, database), MASTER_KEY, folder, 1_000);
    }

    /** Appends events one by one, as somebody who works while the log is verified. */
    void append(long upTo) {
        append(database, head(), upTo);
    }

    private long head() {
        return owner.sql("SELECT position FROM event_store.head")
                .query(Long.class)
                .single();
    }

    /** Switches off what tells the owner that the log is append-only. */
    History unlocked() {
        owner.sql("ALTER TABLE event_store.domain_event DISABLE TRIGGER append_only")
                .update();
        owner.sql("ALTER TABLE event_store.head DISABLE TRIGGER one_row_for_ever")
                .update();
        owner.sql("ALTER TABLE seal.tile DISABLE TRIGGER USER").update();
        owner.sql("ALTER TABLE seal.checkpoint DISABLE TRIGGER USER").update();
        owner.sql("ALTER TABLE seal.signing_key DISABLE TRIGGER USER").update();
        return this;
    }

    static String key() {
        return KEY.get("verifier_key").toString();
    }

    @Override
    public void close() {
        ownerSession.destroy();
    }

    /**
     * Another sealer seals the log anew from its beginning, with a key of its own.
     *
     * @return where it publishes
     */
    Path sealAnewAsSomebodyElse() throws InterruptedException, IOException, SQLException {
        owner.sql("DELETE FROM seal.tile").update();
        owner.sql("DELETE FROM seal.checkpoint").update();
        owner.sql("DELETE FROM seal.signing_key").update();
        var theirs = Base64.getEncoder()
                .encodeToString("another key, not the log's own..".getBytes(StandardCharsets.US_ASCII));
        var published = Files.createTempDirectory("theirs");
        try (var sealer = new TestSealer(as(Role.COMMAND, database), theirs, published, 1_000)) {
            sealer.sealAll();
        }
        return published;
    }
}
