package io.mealexpense.postgres;

import java.nio.file.Path;
import java.time.Instant;

/** A whole backup of a store, in a folder of its own. */
public final class Backup {

    private final Path folder;
    private final BackupManifest manifest;

    Backup(Path folder, BackupManifest manifest) {
        this.folder = folder;
        this.manifest = manifest;
    }

    public Path folder() {
        return folder;
    }

    BackupManifest manifest() {
        return manifest;
    }

    /** By the server's clock; the earliest moment that it can be restored to. */
    public Instant endedAt() {
        return manifest.endedAt();
    }

    /** It holds at least the events up to this one. */
    public long position() {
        return manifest.position();
    }

    public int files() {
        return manifest.files().size();
    }

    public long bytes() {
        return manifest.bytes();
    }

    @Override
    public String toString() {
        return folder.toString();
    }
}
