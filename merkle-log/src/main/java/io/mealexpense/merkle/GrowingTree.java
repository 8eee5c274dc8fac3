package io.mealexpense.merkle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tree that takes one leaf after the other and knows its root at any time. It remembers the right edge only, so its
 * memory does not grow with the log. For one thread.
 */
public final class GrowingTree {

    private final TreeHasher hasher = new TreeHasher();

    /** Roots of the full subtrees along the right edge, by height; those of the one bits of {@link #size}. */
    private final byte[] @Nullable [] edge = new byte[Long.SIZE][];

    private final byte[][] tiles = new byte[Tiles.LEVELS][Tiles.WIDTH * TreeHasher.SIZE];
    private long size;

    /** A tree without leaves. */
    public GrowingTree() {}

    /**
     * A tree that goes on where a stored one ended.
     *
     * @throws IllegalStateException if there is not enough of it
     */
    public static GrowingTree restored(long size, Tiles.Reader stored) {
        var tree = new GrowingTree();
        tree.size = size;
        for (var level = 0; level < Tiles.LEVELS; level++) {
            var width = Tiles.partialWidth(level, size);
            if (width == 0) {
                continue;
            }
            var hashes = stored.read(level, Tiles.fullTiles(level, size));
            if (hashes.length < width * TreeHasher.SIZE) {
                throw new IllegalStateException("The last tile of level %d is too short".formatted(level));
            }
            System.arraycopy(hashes, 0, tree.tiles[level], 0, width * TreeHasher.SIZE);
            var begin = 0;
            for (var height = Tiles.HEIGHT - 1; height >= 0; height--) {
                if ((width >> height & 1) == 1) {
                    tree.edge[level * Tiles.HEIGHT + height] = Subtrees.root(tree.hasher, hashes, begin, 1 << height);
                    begin += 1 << height;
                }
            }
        }
        return tree;
    }

    /** One that grows on its own from here. */
    public GrowingTree copy() {
        var copy = new GrowingTree();
        copy.size = size;
        System.arraycopy(edge, 0, copy.edge, 0, edge.length); // hashes are never changed in place
        for (var level = 0; level < tiles.length; level++) {
            copy.tiles[level] = tiles[level].clone();
        }
        return copy;
    }

    public long size() {
        return size;
    }

    /** Adds a leaf by its hash; tiles that become full by it go to the sink, the lowest first. */
    public void append(byte[] leafHash, Tiles.Sink sink) {
        var hash = leafHash;
        var height = 0;
        keep(0, size, hash, sink);
        while ((size >> height & 1) == 1) {
            hash = hasher.node(edge(height), hash);
            height++;
            if (height % Tiles.HEIGHT == 0) {
                keep(height / Tiles.HEIGHT, size >> height, hash, sink);
            }
        }
        edge[height] = hash;
        size++;
    }

    private void keep(int level, long number, byte[] hash, Tiles.Sink sink) {
        var place = (int) (number % Tiles.WIDTH);
        System.arraycopy(hash, 0, tiles[level], place * TreeHasher.SIZE, TreeHasher.SIZE);
        if (place == Tiles.WIDTH - 1) {
            sink.full(level, number / Tiles.WIDTH, tiles[level].clone());
        }
    }

    private byte[] edge(int height) {
        var hash = edge[height];
        if (hash == null) {
            throw new IllegalStateException("No subtree of height " + height);
        }
        return hash;
    }

    /** Of the tree as it is now. */
    public byte[] root() {
        byte @Nullable [] root = null;
        for (var height = 0; height < Long.SIZE - 1; height++) {
            if ((size >> height & 1) == 1) {
                root = root == null ? edge(height) : hasher.node(edge(height), root);
            }
        }
        return root == null ? hasher.emptyRoot() : root.clone();
    }

    /** The tiles that are not full yet. */
    public List<Tiles.Partial> partialTiles() {
        var partial = new ArrayList<Tiles.Partial>();
        for (var level = 0; level < Tiles.LEVELS; level++) {
            var width = Tiles.partialWidth(level, size);
            if (width > 0) {
                partial.add(new Tiles.Partial(
                        level, Tiles.fullTiles(level, size), Arrays.copyOf(tiles[level], width * TreeHasher.SIZE)));
            }
        }
        return partial;
    }
}
