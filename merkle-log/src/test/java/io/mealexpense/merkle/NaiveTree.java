package io.mealexpense.merkle;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The definitions of RFC 6962 section 2.1, word for word, over all leaves at once. */
final class NaiveTree {

    private record Range(int begin, int end) {}

    private final List<byte[]> leafHashes = new ArrayList<>();
    private final Map<Range, byte[]> known = new HashMap<>();

    void add(byte[] leafHash) {
        leafHashes.add(leafHash);
    }

    byte[] root(int size) {
        return size == 0 ? TreeHasher.sha256().digest() : root(0, size);
    }

    private byte[] root(int begin, int end) {
        if (end - begin == 1) {
            return leafHashes.get(begin);
        }
        var remembered = known.get(new Range(begin, end));
        if (remembered != null) {
            return remembered;
        }
        var split = begin + split(end - begin);
        MessageDigest sha256 = TreeHasher.sha256();
        sha256.update((byte) 1);
        sha256.update(root(begin, split));
        sha256.update(root(split, end));
        var root = sha256.digest();
        known.put(new Range(begin, end), root);
        return root;
    }

    /** The largest power of two that is smaller. */
    private static int split(int count) {
        var split = 1;
        while (split * 2 < count) {
            split *= 2;
        }
        return split;
    }

    List<byte[]> path(int index, int size) {
        return path(index, 0, size);
    }

    private List<byte[]> path(int index, int begin, int end) {
        if (end - begin == 1) {
            return new ArrayList<>();
        }
        var split = begin + split(end - begin);
        var path = index < split ? path(index, begin, split) : path(index, split, end);
        path.add(index < split ? root(split, end) : root(begin, split));
        return path;
    }

    List<byte[]> proof(int earlier, int later) {
        return subproof(earlier, 0, later, true);
    }

    private List<byte[]> subproof(int earlier, int begin, int end, boolean whole) {
        if (earlier == end) {
            var proof = new ArrayList<byte[]>();
            if (!whole) {
                proof.add(root(begin, end));
            }
            return proof;
        }
        var split = begin + split(end - begin);
        var proof = earlier <= split ? subproof(earlier, begin, split, whole) : subproof(earlier, split, end, false);
        proof.add(earlier <= split ? root(split, end) : root(begin, split));
        return proof;
    }
}
