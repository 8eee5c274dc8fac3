package io.mealexpense.command.sealing;

import io.mealexpense.merkle.GrowingTree;
import io.mealexpense.merkle.Tiles;
import io.mealexpense.merkle.event.EventLeaf;
import io.mealexpense.merkle.event.LoggedEvent;
import io.mealexpense.merkle.note.Checkpoint;
import io.mealexpense.merkle.note.LogName;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** One session with the database: it reads the log, and writes the schema {@code seal} while it holds the lock. */
final class SealSession implements AutoCloseable {

    /** Arbitrary, but ours alone among this database's advisory locks: "seal" in ASCII. */
    private static final long LOCK = 0x7365616cL;

    /** Of an id that tells two recoveries apart which were declared at the same position of two copies. */
    private static final int SERIES_DIGITS = 8;

    /** Rows fetched at a time, so that a checkpoint's events are never in memory together. */
    private static final int FETCH = 1_000;

    /** The lock of a machine that is gone without a word is free within half a minute, instead of hours. */
    private static final String SETTINGS = """
            SET statement_timeout = 10000;
            SET lock_timeout = 2000;
            SET idle_in_transaction_session_timeout = 10000;
            SET tcp_keepalives_idle = 15;
            SET tcp_keepalives_interval = 5;
            SET tcp_keepalives_count = 3
            """;

    /**
     * A signed checkpoint.
     *
     * @param size events
     */
    record Stored(long size, String note) {}

    /**
     * How far log and seal are, at one moment.
     *
     * @param head the log's last position
     * @param sealed the last checkpoint's size, 0 for none
     * @param closed whether nothing may be appended before a recovery is declared
     * @param series of the log's name, since the last recovery
     */
    record State(long head, long sealed, boolean closed, String series) {}

    /**
     * A key as it is kept.
     *
     * @param sealedPrivateKey under the master key
     */
    record Key(String verifierKey, byte[] sealedPrivateKey) {}

    private static final String KEYS = "SELECT verifier_key, private_key FROM seal.signing_key ORDER BY created_at";

    /** By the clock that wrote down when keys were made, and by no other one. */
    private static final String OUTDATED = """
            SELECT max(created_at) < :after AND :after <= clock_timestamp() FROM seal.signing_key
            """.replace(":after", "?::timestamptz");

    private final Connection connection;
    private boolean locked;

    SealSession(DataSource dataSource) throws SQLException {
        connection = dataSource.getConnection();
        try (var statement = connection.createStatement()) {
            statement.execute(SETTINGS);
        } catch (SQLException failure) {
            connection.close();
            throw failure;
        }
    }

    /** Whether this session is the one that seals, now or still; it stays so until it ends. */
    boolean tryLock() throws SQLException {
        if (!locked) {
            try (var query = connection.prepareStatement("SELECT pg_try_advisory_lock(?)")) {
                query.setLong(1, LOCK);
                try (var row = query.executeQuery()) {
                    row.next();
                    locked = row.getBoolean(1);
                }
            }
        }
        return locked;
    }

    State state() throws SQLException {
        try (var query = connection.prepareStatement("""
                        SELECT position, (SELECT coalesce(max(size), 0) FROM seal.checkpoint), closed IS NOT NULL, since,
                               recovery
                          FROM event_store.lineage_state
                        """);
                var row = query.executeQuery()) {
            row.next();
            var head = row.getLong(1);
            if (row.wasNull()) {
                throw new SealRefusedException("event_store.head has no row");
            }
            return new State(head, row.getLong(2), row.getBoolean(3), series(row.getLong(4), row.getString(5)));
        }
    }

    /** By the end of the id, which is random. */
    private static String series(long since, @Nullable String recovery) {
        return since == 0 || recovery == null
                ? ""
                : LogName.series(since, recovery.substring(recovery.length() - SERIES_DIGITS));
    }

    /**
     * Keeps what was found published, for whoever declares a recovery.
     *
     * @param checkpoint absent if nobody knows who signed it
     * @param contradiction closes the log; absent if there is none
     */
    void note(@Nullable Checkpoint checkpoint, @Nullable Instant at, @Nullable String contradiction)
            throws SQLException {
        try (var call = connection.prepareStatement("SELECT event_store.note_published(?, ?, ?, ?)")) {
            call.setObject(1, checkpoint == null ? null : checkpoint.size(), Types.BIGINT);
            call.setBytes(2, checkpoint == null ? null : checkpoint.root());
            call.setObject(3, at == null ? null : at.atOffset(ZoneOffset.UTC), Types.TIMESTAMP_WITH_TIMEZONE);
            call.setString(4, contradiction);
            call.execute();
        }
    }

    /** The oldest first; the last one signs. */
    List<Key> keys() throws SQLException {
        try (var query = connection.prepareStatement(KEYS);
                var row = query.executeQuery()) {
            var keys = new ArrayList<Key>();
            while (row.next()) {
                keys.add(new Key(row.getString(1), row.getBytes(2)));
            }
            return keys;
        }
    }

    /** Whether the moment has come and the last key was made before it. */
    boolean isKeyOlderThan(Instant madeAfter) throws SQLException {
        try (var query = connection.prepareStatement(OUTDATED)) {
            query.setString(1, madeAfter.toString());
            query.setString(2, madeAfter.toString());
            try (var row = query.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    void store(Key key) throws SQLException {
        try (var insert =
                connection.prepareStatement("INSERT INTO seal.signing_key (verifier_key, private_key) VALUES (?, ?)")) {
            insert.setString(1, key.verifierKey());
            insert.setBytes(2, key.sealedPrivateKey());
            insert.executeUpdate();
        }
    }

    /** Those under a name after one of this size, in their order. */
    List<Stored> checkpointsAfter(long size, String name, int limit) throws SQLException {
        return checkpoints("WHERE size > ? AND starts_with(note, ?) ORDER BY size LIMIT ?", size, name + "\n", limit);
    }

    Optional<Stored> checkpoint(long size) throws SQLException {
        return checkpoints("WHERE size = ?", size).stream().findFirst();
    }

    private List<Stored> checkpoints(String where, Object... arguments) throws SQLException {
        try (var query = connection.prepareStatement("SELECT size, note FROM seal.checkpoint " + where)) {
            for (var i = 0; i < arguments.length; i++) {
                query.setObject(i + 1, arguments[i]);
            }
            var found = new ArrayList<Stored>();
            try (var row = query.executeQuery()) {
                while (row.next()) {
                    found.add(new Stored(row.getLong(1), row.getString(2)));
                }
            }
            return found;
        }
    }

    /** The stored tree, to go on with. */
    SealedTree tree(long size) throws SQLException {
        var fingerprints =
                Tiles.partialWidth(0, size) == 0 ? new byte[0] : tile(0, Tiles.fullTiles(0, size), "fingerprints");
        if (fingerprints.length < Tiles.partialWidth(0, size) * EventLeaf.FINGERPRINTS) {
            throw new SealRefusedException("The last tile has too few fingerprints");
        }
        return new SealedTree(GrowingTree.restored(size, tiles()), fingerprints);
    }

    /** Tiles as they are stored. */
    Tiles.Reader tiles() {
        return (level, index) -> {
            try {
                return tile(level, index, "hashes");
            } catch (SQLException failure) {
                throw new IllegalStateException(failure);
            }
        };
    }

    private byte[] tile(int level, long index, String column) throws SQLException {
        try (var query =
                connection.prepareStatement("SELECT " + column + " FROM seal.tile WHERE level = ? AND index = ?")) {
            query.setInt(1, level);
            query.setLong(2, index);
            try (var row = query.executeQuery()) {
                if (!row.next()) {
                    throw new SealRefusedException("Tile %d of level %d is missing".formatted(index, level));
                }
                return row.getBytes(1);
            }
        }
    }

    /** Begins the transaction that {@link #commit} or {@link #rollback} ends. */
    void readEvents(long after, long upTo, Consumer<LoggedEvent> each) throws SQLException {
        connection.setAutoCommit(false);
        try (var query = connection.prepareStatement("SELECT " + LoggedEvent.COLUMNS
                + " FROM event_store.domain_event WHERE position > ? AND position <= ? ORDER BY position")) {
            query.setFetchSize(FETCH);
            query.setLong(1, after);
            query.setLong(2, upTo);
            try (var row = query.executeQuery()) {
                while (row.next()) {
                    each.accept(LoggedEvent.of(row));
                }
            }
        }
    }

    void write(List<SealedTree.Tile> tiles, long size, byte[] root, String note) throws SQLException {
        try (var insert = connection.prepareStatement("""
                INSERT INTO seal.tile (level, index, hashes, fingerprints) VALUES (?, ?, ?, ?)
                ON CONFLICT (level, index) DO UPDATE
                SET hashes = excluded.hashes, fingerprints = excluded.fingerprints
                """)) {
            for (var tile : tiles) {
                insert.setInt(1, tile.level());
                insert.setLong(2, tile.index());
                insert.setBytes(3, tile.hashes());
                insert.setBytes(4, tile.fingerprints());
                insert.addBatch();
            }
            insert.executeBatch();
        }
        try (var insert =
                connection.prepareStatement("INSERT INTO seal.checkpoint (size, root, note) VALUES (?, ?, ?)")) {
            insert.setLong(1, size);
            insert.setBytes(2, root);
            insert.setString(3, note);
            insert.executeUpdate();
        }
    }

    void commit() throws SQLException {
        connection.commit();
        connection.setAutoCommit(true);
    }

    void rollback() throws SQLException {
        connection.rollback();
        connection.setAutoCommit(true);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
