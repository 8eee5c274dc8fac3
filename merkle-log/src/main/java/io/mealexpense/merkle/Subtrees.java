package io.mealexpense.merkle;

import java.util.Arrays;

/** Roots of parts of a stored tree. */
final class Subtrees {

    private final TreeHasher hasher = new TreeHasher();
    private final Tiles.Reader tiles;

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
        var count = 1 << (height % Tiles.HEIGHT);
        var place = (int) (first % Tiles.WIDTH);
        var hashes = tiles.read(level, first / Tiles.WIDTH);
        if (hashes.length < (place + count) * TreeHasher.SIZE) {
            throw new IllegalStateException("Tile %d of level %d is too short".formatted(first / Tiles.WIDTH, level));
        }
        return root(hasher, hashes, place, count);
    }
}
