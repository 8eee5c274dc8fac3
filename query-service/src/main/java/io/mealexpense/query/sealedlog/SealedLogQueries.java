package io.mealexpense.query.sealedlog;

import io.mealexpense.merkle.Proofs;
import io.mealexpense.merkle.Tiles;
import io.mealexpense.merkle.event.EventLeaf;
import io.mealexpense.merkle.event.LoggedEvent;
import io.mealexpense.merkle.note.ConsistencyProof;
import io.mealexpense.merkle.note.InclusionProof;
import io.mealexpense.merkle.note.VerifierKey;
import io.mealexpense.query.sealedlog.Checkpoints.Checkpoint;
import io.mealexpense.query.web.Cursor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads of the seal, and proofs made from its tiles. What is sealed never changes, so no snapshot is needed. */
@Component
class SealedLogQueries {

    private static final String CHECKPOINTS = "SELECT size, root, note, sealed_at FROM seal.checkpoint ";

    /** What cursors of the list of checkpoints continue. */
    private static final String LIST = "checkpoints";

    private final JdbcClient log;

    SealedLogQueries(@Qualifier("queryLogJdbcClient") JdbcClient log) {
        this.log = log;
    }

    Checkpoints checkpoints(CheckpointParameters parameters) {
        var found = log.sql(CHECKPOINTS + "WHERE size < ? ORDER BY size DESC LIMIT ?")
                .params(before(parameters.cursor()), parameters.pageSize() + 1)
                .query(SealedLogQueries::checkpoint)
                .list();
        var more = found.size() > parameters.pageSize();
        var shown = more ? found.subList(0, parameters.pageSize()) : found;
        return new Checkpoints(
                shown, more ? Cursor.of(LIST, Long.toString(shown.getLast().size())) : null);
    }

    private static long before(@Nullable String cursor) {
        var keys = Cursor.keys(cursor, LIST, 1);
        try {
            return keys.isEmpty() ? Long.MAX_VALUE : Long.parseLong(keys.getFirst());
        } catch (NumberFormatException notOurs) {
            throw Cursor.refused("was not made here");
        }
    }

    Optional<Checkpoint> latest() {
        return log.sql(CHECKPOINTS + "ORDER BY size DESC LIMIT 1")
                .query(SealedLogQueries::checkpoint)
                .optional();
    }

    Optional<Checkpoint> ofSize(long size) {
        return log.sql(CHECKPOINTS + "WHERE size = ?")
                .param(size)
                .query(SealedLogQueries::checkpoint)
                .optional();
    }

    private static Checkpoint checkpoint(ResultSet row, int number) throws SQLException {
        return new Checkpoint(
                row.getLong("size"),
                Base64.getEncoder().encodeToString(row.getBytes("root")),
                row.getString("note"),
                row.getObject("sealed_at", OffsetDateTime.class).toInstant());
    }

    /** Empty if there is no such event. */
    Optional<InclusionProof> inclusion(long position, Checkpoint checkpoint) {
        return log.sql("SELECT " + LoggedEvent.COLUMNS + " FROM event_store.domain_event WHERE position = ?")
                .param(position)
                .query((row, number) -> LoggedEvent.of(row))
                .optional()
                .map(event -> new InclusionProof(
                        event.encoded(),
                        position - 1,
                        Proofs.inclusion(tiles(), position - 1, checkpoint.size()),
                        checkpoint.note()));
    }

    ConsistencyProof consistency(Checkpoint earlier, Checkpoint later) {
        return new ConsistencyProof(
                Proofs.consistency(tiles(), earlier.size(), later.size()), earlier.note(), later.note());
    }

    /**
     * Positions of an expense's events.
     *
     * @param upTo last position that counts
     */
    long[] positions(UUID expense, long upTo, int limit) {
        return log.sql("""
                        SELECT position FROM event_store.domain_event
                         WHERE aggregate_id = ? AND aggregate_type = 'MealExpense' AND position <= ?
                         ORDER BY position
                         LIMIT ?
                        """).params(expense, upTo, limit).query(Long.class).list().stream()
                .mapToLong(Long::longValue)
                .toArray();
    }

    /** In the order of positions; what the log does not have is left out. */
    List<LoggedEvent> events(long[] positions) {
        return log.sql("SELECT " + LoggedEvent.COLUMNS
                        + " FROM event_store.domain_event WHERE position = ANY (?::bigint[]) ORDER BY position")
                .param(Arrays.stream(positions).mapToObj(Long::toString).collect(Collectors.joining(",", "{", "}")))
                .query((row, number) -> LoggedEvent.of(row))
                .list();
    }

    /** The public keys of the log, the oldest first. */
    List<VerifierKey> keys() {
        return log
                .sql("SELECT verifier_key FROM seal.signing_key ORDER BY created_at, verifier_key")
                .query(String.class)
                .list()
                .stream()
                .map(VerifierKey::parse)
                .toList();
    }

    /** Fingerprints of sealed events, asked for in the order of positions: the tile read last is kept. */
    final class Fingerprints {

        private long index = -1;
        private byte[] tile = {};

        /** @throws IllegalStateException if there are none */
        byte[] of(long position) {
            var place = (int) ((position - 1) % Tiles.WIDTH) * EventLeaf.FINGERPRINTS;
            if (index != (position - 1) / Tiles.WIDTH) {
                index = (position - 1) / Tiles.WIDTH;
                tile = tile("fingerprints", 0, index);
            }
            if (tile.length < place + EventLeaf.FINGERPRINTS) {
                throw new IllegalStateException("Fingerprints of position %d are missing".formatted(position));
            }
            return Arrays.copyOfRange(tile, place, place + EventLeaf.FINGERPRINTS);
        }
    }

    Fingerprints fingerprints() {
        return new Fingerprints();
    }

    Tiles.Reader tiles() {
        return (level, index) -> tile("hashes", level, index);
    }

    private byte[] tile(String column, int level, long index) {
        return log.sql("SELECT " + column + " FROM seal.tile WHERE level = ? AND index = ?")
                .params(level, index)
                .query((row, number) -> row.getBytes(1))
                .optional()
                .orElseThrow(() -> new IllegalStateException(
                        "Tile %d of level %d of the sealed log is missing".formatted(index, level)));
    }
}
