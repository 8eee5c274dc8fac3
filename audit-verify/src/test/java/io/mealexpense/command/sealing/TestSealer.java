package io.mealexpense.command.sealing;

import io.mealexpense.command.account.MasterKey;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The product's own sealer, run by hand. */
public final class TestSealer implements AutoCloseable {

    private final LogSealer sealer;

    public TestSealer(DataSource dataSource, String masterKey, Path folder, int maxEvents) {
        this(dataSource, masterKey, folder, maxEvents, null);
    }

    /** @param keyMadeAfter makes another key if the present one is older */
    public TestSealer(
            DataSource dataSource, String masterKey, Path folder, int maxEvents, @Nullable Instant keyMadeAfter) {
        sealer = new LogSealer(
                dataSource,
                new SealingKeys(MasterKey.of(masterKey), keyMadeAfter),
                List.of(new CheckpointFolder(folder)),
                new SealingProperties(true, folder.toString(), null, Duration.ofMillis(50), maxEvents, keyMadeAfter));
    }

    /** Until everything is sealed and published. */
    public void sealAll() {
        try {
            while (sealer.round()) {
                // there is more
            }
        } catch (SQLException | IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Finds that what was published contradicts the log, which closes it; nothing is sealed then. */
    public void requireContradiction() {
        try {
            while (sealer.round()) {
                // there is more
            }
        } catch (ContradictionException contradiction) {
            return;
        } catch (SQLException | IOException failure) {
            throw new IllegalStateException(failure);
        }
        throw new AssertionError("What was published agrees with the log");
    }

    /** As in the product, on a thread of its own. */
    public void start() {
        sealer.start();
    }

    @Override
    public void close() throws InterruptedException {
        sealer.close();
    }
}
