package io.mealexpense.standalone;

import io.mealexpense.postgres.Database;
import io.mealexpense.postgres.Role;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the log that the archive takes nothing, for as long as that lasts: what is not archived fills the disk. */
final class ArchiveWatch implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ArchiveWatch.class);
    private static final int SECONDS_BETWEEN_LOOKS = 60;

    private static final String FAILURE = """
            SELECT last_failed_wal, failed_count FROM pg_stat_archiver
            WHERE last_failed_time > coalesce(last_archived_time, '-infinity')""";

    private final Database database;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("archive-watch").factory());
    private boolean failed;

    ArchiveWatch(Database database) {
        this.database = database;
    }

    ArchiveWatch start() {
        thread.scheduleWithFixedDelay(this::look, 10, SECONDS_BETWEEN_LOOKS, TimeUnit.SECONDS);
        return this;
    }

    /** An exception would end all further looks. */
    private void look() {
        try (var connection = database.connect(Role.AUDITOR)) {
            look(connection);
        } catch (SQLException e) {
            log.warn("Whether the database's log is archived cannot be found out: {}", e.getMessage());
        }
    }

    void look(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(FAILURE)) {
            if (rows.next()) {
                failed = true;
                log.warn(
                        "The database's log is not archived: {} could not be, {} attempts failed. It is kept until it is,"
                                + " and fills the disk. Why is in the newest file of the folder log, beside the data.",
                        rows.getString(1),
                        rows.getLong(2));
            } else if (failed) {
                failed = false;
                log.warn("The database's log is archived again");
            }
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
