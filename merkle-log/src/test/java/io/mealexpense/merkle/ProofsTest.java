package io.mealexpense.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Proofs in trees of all sizes up to 600, across the edges of tiles, against the definitions of the standard. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ProofsTest {

    private static final int SIZE = 600;

    private static final List<byte[]> LEAVES = new ArrayList<>();
    private static final NaiveTree NAIVE = new NaiveTree();
    private static final StoredTree STORED = new StoredTree();

    @BeforeAll
    static void grow() {
        var hasher = new TreeHasher();
        for (var i = 0; i < SIZE; i++) {
            var leaf = hasher.leaf(ByteBuffer.allocate(Long.BYTES).putLong(i).array());
            LEAVES.add(leaf);
            NAIVE.add(leaf);
            STORED.append(leaf);
        }
        STORED.storePartial();
    }

    /** Trees in which everything is tried; in the others it is the ends and some places between. */
    private static final Set<Integer> WHOLE = Set.of(255, 256, 257, 258, 300, 511, 512, 513, 600);

    private static final int SMALL = 130;
    private static final int SAMPLES = 12;

    /** Numbers from 0 up to, without, the size. */
    private static IntStream places(int size, Random random) {
        return size <= SMALL || WHOLE.contains(size)
                ? IntStream.range(0, size)
                : IntStream.concat(IntStream.of(0, size - 1), random.ints(SAMPLES, 0, size));
    }

    @Test
    void leaves_are_proved_to_be_in_every_tree_that_has_them() {
        var seed = new Random().nextLong();
        System.out.println("ProofsTest inclusion seed " + seed);
        var random = new Random(seed);
        for (var size = 1; size <= SIZE; size++) {
            var root = NAIVE.root(size);
            assertThat(Proofs.root(STORED, size)).isEqualTo(root);
            for (var index : places(size, random).toArray()) {
                var proof = Proofs.inclusion(STORED, index, size);
                if (!same(proof, NAIVE.path(index, size))
                        || !ProofCheck.included(LEAVES.get(index), index, size, proof, root)) {
                    throw new AssertionError("Seed %d, leaf %d of %d".formatted(seed, index, size));
                }
            }
        }
    }

    @Test
    void trees_are_proved_to_begin_with_earlier_ones() {
        var seed = new Random().nextLong();
        System.out.println("ProofsTest consistency seed " + seed);
        var random = new Random(seed);
        for (var later = 1; later <= SIZE; later++) {
            for (var place : places(later, random).toArray()) {
                var earlier = place + 1;
                var proof = Proofs.consistency(STORED, earlier, later);
                if (!same(proof, NAIVE.proof(earlier, later))
                        || !ProofCheck.consistent(earlier, NAIVE.root(earlier), later, NAIVE.root(later), proof)) {
                    throw new AssertionError("Seed %d, %d in %d".formatted(seed, earlier, later));
                }
            }
        }
    }

    private static boolean same(List<byte[]> one, List<byte[]> other) {
        if (one.size() != other.size()) {
            return false;
        }
        for (var i = 0; i < one.size(); i++) {
            if (!Arrays.equals(one.get(i), other.get(i))) {
                return false;
            }
        }
        return true;
    }

    @Test
    void a_proof_with_anything_changed_proves_nothing() {
        var seed = new Random().nextLong();
        System.out.println("ProofsTest seed " + seed);
        var random = new Random(seed);
        for (var round = 0; round < 5_000; round++) {
            var size = 2 + random.nextInt(SIZE - 1);
            var index = random.nextInt(size);
            var earlier = 1 + random.nextInt(size - 1);
            var included = new ArrayList<>(Proofs.inclusion(STORED, index, size));
            var consistent = new ArrayList<>(Proofs.consistency(STORED, earlier, size));
            var leaf = LEAVES.get(index).clone();
            var root = NAIVE.root(size).clone();
            var earlierRoot = NAIVE.root(earlier).clone();
            var what = random.nextInt(5);
            switch (what) {
                case 0 -> {
                    flip(random, leaf);
                    flip(random, earlierRoot);
                }
                case 1 -> flip(random, root);
                case 2 -> {
                    spoil(random, included);
                    spoil(random, consistent);
                }
                case 3 -> {
                    shorten(random, included);
                    shorten(random, consistent);
                }
                default -> {
                    included.add(random.nextInt(included.size() + 1), NAIVE.root(1));
                    consistent.add(random.nextInt(consistent.size() + 1), NAIVE.root(1));
                }
            }
            assertThat(ProofCheck.included(leaf, index, size, included, root))
                    .as("seed %d, change %d, leaf %d of %d", seed, what, index, size)
                    .isFalse();
            assertThat(ProofCheck.consistent(earlier, earlierRoot, size, root, consistent))
                    .as("seed %d, change %d, %d in %d", seed, what, earlier, size)
                    .isFalse();
        }
    }

    private static void flip(Random random, byte[] hash) {
        hash[random.nextInt(hash.length)] ^= (byte) (1 << random.nextInt(8));
    }

    private static void spoil(Random random, List<byte[]> proof) {
        var at = random.nextInt(proof.size());
        var hash = proof.get(at).clone();
        flip(random, hash);
        proof.set(at, hash);
    }

    private static void shorten(Random random, List<byte[]> proof) {
        proof.remove(random.nextInt(proof.size()));
    }

    @Test
    void a_proof_for_another_place_or_size_proves_nothing() {
        for (var size = 2; size <= 100; size++) {
            for (var index = 0; index < size; index++) {
                var proof = Proofs.inclusion(STORED, index, size);
                for (var other = 0; other < size; other++) {
                    assertThat(ProofCheck.included(LEAVES.get(index), other, size, proof, NAIVE.root(size)))
                            .isEqualTo(other == index);
                }
            }
        }
    }

    @Test
    void what_is_not_there_cannot_be_proved() {
        assertThatIllegalArgumentException().isThrownBy(() -> Proofs.inclusion(STORED, 5, 5));
        assertThatIllegalArgumentException().isThrownBy(() -> Proofs.inclusion(STORED, -1, 5));
        assertThatIllegalArgumentException().isThrownBy(() -> Proofs.consistency(STORED, 0, 5));
        assertThatIllegalArgumentException().isThrownBy(() -> Proofs.consistency(STORED, 6, 5));
        assertThat(ProofCheck.included(LEAVES.getFirst(), 1, 1, List.of(), LEAVES.getFirst()))
                .isFalse();
        assertThat(ProofCheck.consistent(0, NAIVE.root(0), 5, NAIVE.root(5), List.of()))
                .isFalse();
        assertThat(ProofCheck.consistent(3, NAIVE.root(3), 5, NAIVE.root(5), List.of()))
                .isFalse();
    }
}
