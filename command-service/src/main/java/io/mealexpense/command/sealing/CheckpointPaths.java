package io.mealexpense.command.sealing;

/** What is called how where checkpoints are published; {@code audit-verify} looks for these names. */
final class CheckpointPaths {

    /** The last checkpoint. */
    static final String LATEST = "checkpoint";

    /** The keys that verify, a line each, the oldest first. */
    static final String KEYS = "log.vkey";

    /** Checkpoints in one folder at most, or listing it becomes slow. */
    private static final int SHARD = 1_000_000;

    private CheckpointPaths() {}

    /** The checkpoint of this size, relative and with slashes. */
    static String of(long size) {
        return "sizes/%06d/%d".formatted(size / SHARD, size);
    }
}
