package io.mealexpense.merkle;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Roots of parts of a stored tree. The tiles looked at last are remembered, with what was computed from them. */
final class Subtrees {

    /** Tiles remembered, some 20 KB each; many proofs in a row share all but their lowest one. */
    private static final int REMEMBERED = 32;

    private final TreeHasher hasher = new TreeHasher();
    private final Tiles.Reader tiles;
    private final Map<TileId, Nodes> remembered = new LinkedHashMap<>(2 * REMEMBERED, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<TileId, Nodes> eldest) {
            return size() > REMEMBERED;
        }
    };

    private record TileId(int level, long index) {}

    /** A tile and the nodes above its hashes, as far as they were asked for. */
    private static final class Nodes {
        private final byte[] hashes;
        private final byte[] @Nullable [] computed = new byte[2 * Tiles.WIDTH][];

        Nodes(byte[] hashes) {
            this.hashes = hashes;
        }
    }

    Subtrees(Tiles.Reader tiles) {
        this.tiles = tiles;
    }

    /** The root over some hashes in a row; their number is a power of two. */
    static byte[] root(TreeHasher hasher, byte[] hashes, int begin, int count) {
        if (count == 1) {
            return Arrays.copyOfRange(hashes, begin * TreeHasher.SIZE, (begin + 1) * TreeHasher.SIZE);
        }
        var half = count / 2;
        return hasher.node(root(hasher, hashes, begin, half), root(hasher, hashes, begin + half, half));
    }

    /** The root over the leaves from {@code begin} up to, without, {@code end}: a node of a tree that ends at or after it. */
    byte[] root(long begin, long end) {
        var count = end - begin;
        if (Long.bitCount(count) == 1) {
            return full(begin, Long.numberOfTrailingZeros(count));
        }
        var split = begin + Long.highestOneBit(count);
        return hasher.node(root(begin, split), root(split, end));
    }

    private byte[] full(long begin, int height) {
        var level = height / Tiles.HEIGHT;
        var first = begin >> (level * Tiles.HEIGHT);
        var place = (int) (first % Tiles.WIDTH);
        var heightInTile = height % Tiles.HEIGHT;
        var tile = tile(level, first / Tiles.WIDTH, place + (1 << heightInTile));
        return node(tile, place, heightInTile).clone();
    }

    /** @param width hashes that are needed of it; one that was not full when it was read may have grown */
    private Nodes tile(int level, long index, int width) {
        var id = new TileId(level, index);
        var known = remembered.get(id);
        if (known != null && known.hashes.length >= width * TreeHasher.SIZE) {
            return known;
        }
        var hashes = tiles.read(level, index);
        if (hashes.length < width * TreeHasher.SIZE) {
            throw new IllegalStateException("Tile %d of level %d is too short".formatted(index, level));
        }
        var read = new Nodes(hashes);
        remembered.put(id, read);
        return read;
    }

    private byte[] node(Nodes tile, int place, int height) {
        if (height == 0) {
            return Arrays.copyOfRange(tile.hashes, place * TreeHasher.SIZE, (place + 1) * TreeHasher.SIZE);
        }
        var number = (Tiles.WIDTH >> height) + (place >> height); // as in a heap: 1 is the root of a full tile
        var known = tile.computed[number];
        if (known == null) {
            known = hasher.node(node(tile, place, height - 1), node(tile, place + (1 << (height - 1)), height - 1));
            tile.computed[number] = known;
        }
        return known;
    }
}
