package io.mealexpense.merkle;

/** The shape of tiles: each holds up to 256 hashes, and 256 of one level become one hash of the next. */
public final class Tiles {

    /** Hashes in a full tile. */
    public static final int WIDTH = 256;

    /** Heights of the tree that one tile spans. */
    static final int HEIGHT = 8;

    /** Enough for any position. */
    public static final int LEVELS = 8;

    /** Reads what has been stored. */
    @FunctionalInterface
    public interface Reader {

        /**
         * The hashes of a tile, one after the other; at least as many as belong to the tree that is asked about.
         *
         * @throws IllegalStateException if there is no such tile
         */
        byte[] read(int level, long index);
    }

    /** Takes tiles that are full and will not change any more. */
    @FunctionalInterface
    public interface Sink {

        /** @param hashes 256 of them; the receiver's own */
        void full(int level, long index, byte[] hashes);
    }

    /**
     * A tile that is not full yet.
     *
     * @param hashes fewer than 256
     */
    public record Partial(int level, long index, byte[] hashes) {}

    private Tiles() {}

    /** How many hashes of a level lie in its last, not yet full tile. */
    public static int partialWidth(int level, long size) {
        return (int) ((size >> (level * HEIGHT)) % WIDTH);
    }

    /** How many full tiles a level has. */
    public static long fullTiles(int level, long size) {
        return size >> ((level + 1) * HEIGHT);
    }
}
