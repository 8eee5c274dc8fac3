package io.mealexpense.verify;

import io.mealexpense.merkle.Tiles;
import io.mealexpense.merkle.TreeHasher;
import io.mealexpense.merkle.event.EventLeaf;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The leaves as they were sealed, asked for in the order of positions; a few tiles are in memory at a time. */
final class StoredLeaves {

    private static final int TILES_AT_ONCE = 16;

    private final LogDatabase database;
    private final ArrayDeque<LogDatabase.LeafTile> ahead = new ArrayDeque<>();
    private LogDatabase.@Nullable LeafTile current;

    StoredLeaves(LogDatabase database) {
        this.database = database;
    }

    /** @return whether there is one for this position, which {@link #matches} and {@link #hash} are about then */
    boolean seek(long position) throws SQLException {
        var index = (position - 1) / Tiles.WIDTH;
        while (current == null || current.index() < index) {
            if (ahead.isEmpty()) {
                ahead.addAll(database.leaves(index, TILES_AT_ONCE));
            }
            var next = ahead.peek();
            if (next == null || next.index() > index) {
                return false;
            }
            current = ahead.poll();
        }
        return current.index() == index
                && place(position) + TreeHasher.SIZE <= current.hashes().length
                && place(position) / TreeHasher.SIZE * EventLeaf.FINGERPRINTS + EventLeaf.FINGERPRINTS
                        <= current.fingerprints().length;
    }

    private static int place(long position) {
        return (int) ((position - 1) % Tiles.WIDTH) * TreeHasher.SIZE;
    }

    boolean matches(long position, byte[] hash) {
        var place = place(position);
        return Arrays.equals(tile().hashes(), place, place + TreeHasher.SIZE, hash, 0, TreeHasher.SIZE);
    }

    byte[] hash(long position) {
        var place = place(position);
        return Arrays.copyOfRange(tile().hashes(), place, place + TreeHasher.SIZE);
    }

    byte[] fingerprints() {
        return tile().fingerprints();
    }

    static int fingerprintsAt(long position) {
        return place(position) / TreeHasher.SIZE * EventLeaf.FINGERPRINTS;
    }

    private LogDatabase.LeafTile tile() {
        if (current == null) {
            throw new IllegalStateException("Nothing was sought");
        }
        return current;
    }
}
