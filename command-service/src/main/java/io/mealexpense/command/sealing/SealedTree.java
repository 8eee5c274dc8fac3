package io.mealexpense.command.sealing;

import io.mealexpense.merkle.GrowingTree;
import io.mealexpense.merkle.Tiles;
import io.mealexpense.merkle.event.EventLeaf;
import io.mealexpense.merkle.event.LoggedEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tree over the events together with the fingerprints of those in the last tile. For one thread. */
final class SealedTree {

    /**
     * A tile as it is stored.
     *
     * @param fingerprints of the events, in tiles of level 0
     */
    record Tile(int level, long index, byte[] hashes, byte @Nullable [] fingerprints) {}

    private final EventLeaf leaf = new EventLeaf();
    private final GrowingTree tree;
    private final byte[] fingerprints;
    private final List<Tile> full = new ArrayList<>();

    /** @param fingerprints of the events in the last, not yet full tile */
    SealedTree(GrowingTree tree, byte[] fingerprints) {
        this.tree = tree;
        this.fingerprints = Arrays.copyOf(fingerprints, Tiles.WIDTH * EventLeaf.FINGERPRINTS);
    }

    /** One that grows on its own from here, and knows of no full tiles yet. */
    SealedTree copy() {
        return new SealedTree(tree.copy(), fingerprints);
    }

    long size() {
        return tree.size();
    }

    byte[] root() {
        return tree.root();
    }

    /** @throws SealRefusedException if it is not the next event */
    void append(LoggedEvent event) {
        if (event.position() != size() + 1) {
            throw new SealRefusedException(
                    "Position %d follows position %d in the log".formatted(event.position(), size()));
        }
        leaf.take(event);
        leaf.fingerprints(fingerprints, Tiles.partialWidth(0, size()) * EventLeaf.FINGERPRINTS);
        tree.append(
                leaf.hash(),
                (level, index, hashes) ->
                        full.add(new Tile(level, index, hashes, level == 0 ? fingerprints.clone() : null)));
    }

    /** What is to be stored: the tiles filled since the copy was made, and those that are not full yet. */
    List<Tile> changedTiles() {
        var changed = new ArrayList<>(full);
        for (var partial : tree.partialTiles()) {
            var width = Tiles.partialWidth(partial.level(), size());
            changed.add(new Tile(
                    partial.level(),
                    partial.index(),
                    partial.hashes(),
                    partial.level() == 0 ? Arrays.copyOf(fingerprints, width * EventLeaf.FINGERPRINTS) : null));
        }
        return changed;
    }
}
