package io.mealexpense.merkle;

import java.util.HashMap;
import java.util.Map;

/** Keeps tiles as a database would: full ones and, of each level, the one that is not full yet. */
final class StoredTree implements Tiles.Reader {

    private record Id(int level, long index) {}

    private final Map<Id, byte[]> tiles = new HashMap<>();
    private GrowingTree tree = new GrowingTree();

    void append(byte[] leafHash) {
        tree.append(leafHash, (level, index, hashes) -> tiles.put(new Id(level, index), hashes));
    }

    void storePartial() {
        tree.partialTiles().forEach(tile -> tiles.put(new Id(tile.level(), tile.index()), tile.hashes()));
    }

    /** As after a restart. */
    void reload() {
        storePartial();
        tree = GrowingTree.restored(tree.size(), this);
    }

    GrowingTree tree() {
        return tree;
    }

    @Override
    public byte[] read(int level, long index) {
        var tile = tiles.get(new Id(level, index));
        if (tile == null) {
            throw new IllegalStateException("No tile %d of level %d".formatted(index, level));
        }
        return tile;
    }
}
