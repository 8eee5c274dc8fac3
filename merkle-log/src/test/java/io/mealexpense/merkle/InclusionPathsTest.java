package io.mealexpense.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class InclusionPathsTest {

    private final NaiveTree naive = new NaiveTree();
    private final StoredTree stored = new StoredTree();

    private void grow(int leaves) {
        var hasher = new TreeHasher();
        for (var i = 0; i < leaves; i++) {
            var leaf = hasher.leaf(ByteBuffer.allocate(Long.BYTES).putLong(i).array());
            naive.add(leaf);
            stored.append(leaf);
        }
        stored.storePartial();
    }

    @Test
    void paths_made_in_any_order_are_those_made_one_by_one() {
        grow(1_000);
        var paths = new InclusionPaths(stored);
        for (var size : new int[] {1_000, 300, 513}) {
            for (var step : new int[] {1, 7, 255}) {
                for (var i = 0; i < size; i++) {
                    var index = i * step % size;
                    assertThat(paths.of(index, size))
                            .as("%d of %d", index, size)
                            .containsExactlyElementsOf(naive.path(index, size));
                }
            }
        }
    }

    @Test
    void a_tile_that_grew_is_read_again() {
        grow(100);
        var paths = new InclusionPaths(stored);
        assertThat(paths.of(3, 100)).containsExactlyElementsOf(naive.path(3, 100));
        grow(180);
        assertThat(paths.of(3, 280)).containsExactlyElementsOf(naive.path(3, 280));
        assertThatIllegalStateException().isThrownBy(() -> paths.of(279, 300)).withMessageContaining("too short");
    }

    @Test
    void leaves_in_a_row_are_proved_with_few_reads() {
        grow(5 * Tiles.WIDTH + 10);
        var reads = new AtomicInteger();
        var paths = new InclusionPaths((level, index) -> {
            reads.incrementAndGet();
            return stored.read(level, index);
        });
        for (var index = 0; index < 5 * Tiles.WIDTH + 10; index++) {
            paths.of(index, 5 * Tiles.WIDTH + 10);
        }
        // six tiles of leaves and one above them
        assertThat(reads).hasValue(7);
    }
}
