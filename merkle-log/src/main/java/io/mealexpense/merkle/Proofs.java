package io.mealexpense.merkle;

import java.util.ArrayList;
import java.util.List;

/** Makes proofs from stored tiles (RFC 9162 sections 2.1.3.1 and 2.1.4.1). */
public final class Proofs {

    private Proofs() {}

    /** The root of the tree as it was when it had this many leaves. */
    public static byte[] root(Tiles.Reader tiles, long size) {
        return size == 0 ? new TreeHasher().emptyRoot() : new Subtrees(tiles).root(0, size);
    }

    /**
     * That a leaf is in a tree: the siblings along its path, the lowest first.
     *
     * @param index of the leaf, from 0
     * @param size of the tree
     */
    public static List<byte[]> inclusion(Tiles.Reader tiles, long index, long size) {
        return inclusion(new Subtrees(tiles), index, size);
    }

    static List<byte[]> inclusion(Subtrees trees, long index, long size) {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("No leaf %d in a tree of %d".formatted(index, size));
        }
        var proof = new ArrayList<byte[]>();
        path(trees, index, 0, size, proof);
        return proof;
    }

    private static void path(Subtrees trees, long index, long begin, long end, List<byte[]> proof) {
        if (end - begin == 1) {
            return;
        }
        var split = begin + Long.highestOneBit(end - begin - 1);
        if (index < split) {
            path(trees, index, begin, split, proof);
            proof.add(trees.root(split, end));
        } else {
            path(trees, index, split, end, proof);
            proof.add(trees.root(begin, split));
        }
    }

    /**
     * That a tree begins with all of an earlier one.
     *
     * @param earlier leaves, at least one
     * @param later leaves, at least as many
     */
    public static List<byte[]> consistency(Tiles.Reader tiles, long earlier, long later) {
        if (earlier < 1 || earlier > later) {
            throw new IllegalArgumentException("No tree of %d begins with one of %d".formatted(later, earlier));
        }
        var proof = new ArrayList<byte[]>();
        if (earlier < later) {
            subproof(new Subtrees(tiles), earlier, 0, later, true, proof);
        }
        return proof;
    }

    /** @param whole whether the earlier tree begins where this part does, so that its root is known to whoever asks */
    private static void subproof(
            Subtrees trees, long earlier, long begin, long end, boolean whole, List<byte[]> proof) {
        if (earlier == end) {
            if (!whole) {
                proof.add(trees.root(begin, end));
            }
            return;
        }
        var split = begin + Long.highestOneBit(end - begin - 1);
        if (earlier <= split) {
            subproof(trees, earlier, begin, split, whole, proof);
            proof.add(trees.root(split, end));
        } else {
            subproof(trees, earlier, split, end, false, proof);
            proof.add(trees.root(begin, split));
        }
    }
}
