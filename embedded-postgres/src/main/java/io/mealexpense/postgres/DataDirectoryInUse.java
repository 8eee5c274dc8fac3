package io.mealexpense.postgres;

/** Another living process works on this data folder. */
public final class DataDirectoryInUse extends EmbeddedPostgresException {

    DataDirectoryInUse(String message) {
        super(message);
    }
}
