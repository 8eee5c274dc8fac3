package io.mealexpense.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class GrowingTreeTest {

    /** The entries that implementations of RFC 6962 test with; the roots were computed by a program of another language. */
    private static final List<String> ENTRIES =
            List.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");

    private static final List<String> ROOTS = List.of(
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    private final TreeHasher hasher = new TreeHasher();

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static byte[] number(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }

    @Test
    void roots_are_those_of_the_standard() {
        var tree = new GrowingTree();
        assertThat(hex(tree.root())).isEqualTo(ROOTS.getFirst());
        for (var i = 0; i < ENTRIES.size(); i++) {
            tree.append(hasher.leaf(HexFormat.of().parseHex(ENTRIES.get(i))), (level, index, hashes) -> {});
            assertThat(hex(tree.root())).as("root of %d leaves", i + 1).isEqualTo(ROOTS.get(i + 1));
        }
    }

    /** 70,000 leaves fill tiles of the second level; the roots were computed elsewhere. */
    @Test
    void a_tree_of_many_tiles_has_the_root_it_has_elsewhere() {
        var stored = new StoredTree();
        for (var i = 0; i < 70_000; i++) {
            stored.append(hasher.leaf(number(i)));
            if (i == 999) {
                assertThat(hex(stored.tree().root()))
                        .isEqualTo("c89faf3395d034a77c12c76d636db96358d6d2839c3c68f6329a07231e82fce2");
            }
        }
        var root = "0759167a0f98e35e802d46ff7c7d29d2c3f03a63a256deb6abbff357a91b63b1";
        assertThat(hex(stored.tree().root())).isEqualTo(root);
        stored.storePartial();
        assertThat(hex(Proofs.root(stored, 70_000))).isEqualTo(root);
        assertThat(stored.tree().partialTiles())
                .extracting(Tiles.Partial::level, Tiles.Partial::index)
                .containsExactly(tuple(0, 273L), tuple(1, 1L), tuple(2, 0L));
    }

    @Test
    void roots_are_those_of_a_naive_tree_however_often_it_is_put_down_and_taken_up_again() {
        var seed = new Random().nextLong();
        System.out.println("GrowingTreeTest seed " + seed);
        var random = new Random(seed);
        var naive = new NaiveTree();
        var stored = new StoredTree();
        for (var size = 1; size <= 1_500; size++) {
            var leaf = hasher.leaf(number(random.nextLong()));
            naive.add(leaf);
            stored.append(leaf);
            if (random.nextInt(20) == 0) {
                stored.reload();
            }
            assertThat(stored.tree().root()).as("seed %d, size %d", seed, size).isEqualTo(naive.root(size));
        }
    }

    @Test
    void a_copy_grows_on_its_own() {
        var tree = new GrowingTree();
        for (var i = 0; i < 300; i++) {
            tree.append(hasher.leaf(number(i)), (level, index, hashes) -> {});
        }
        var before = tree.root();
        var copy = tree.copy();
        copy.append(hasher.leaf(number(-1)), (level, index, hashes) -> {});
        assertThat(tree.root()).isEqualTo(before);
        tree.append(hasher.leaf(number(-1)), (level, index, hashes) -> {});
        assertThat(tree.root()).isEqualTo(copy.root());
    }
}
