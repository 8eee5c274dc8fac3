package io.mealexpense.verify;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The checkpoints under one name of the log: from its beginning or a recovery up to the next recovery. */
final class Series {

    private final String name;
    private final @Nullable PublishedCheckpoints published;

    /** The recovery that ended it; absent for the one that grows now. */
    private final @Nullable Recovery endedBy;

    /** Size of the last one published, 0 for none. */
    private long latest;

    /** Size of the last one in the database, 0 for none. */
    private long lastStored;

    Series(String name, @Nullable PublishedCheckpoints published, @Nullable Recovery endedBy) {
        this.name = name;
        this.published = published;
        this.endedBy = endedBy;
    }

    String name() {
        return name;
    }

    @Nullable
    Recovery endedBy() {
        return endedBy;
    }

    /** The last position that it speaks of and the log still has; what it seals beyond is lost. */
    long upTo() {
        return endedBy == null ? Long.MAX_VALUE : endedBy.lastPosition();
    }

    @Nullable
    PublishedCheckpoints published() {
        return published;
    }

    Optional<String> publishedOfSize(long size) throws IOException {
        return published == null ? Optional.empty() : published.ofSize(size);
    }

    long latest() {
        return latest;
    }

    /** Of the positions that the log still has. */
    long latestKept() {
        return Math.min(latest, upTo());
    }

    void published(long size) {
        latest = Math.max(latest, size);
    }

    long lastStored() {
        return lastStored;
    }

    void stored(long size) {
        lastStored = Math.max(lastStored, size);
    }

    @Override
    public String toString() {
        return name.isEmpty() ? "the log's first name" : name;
    }
}
