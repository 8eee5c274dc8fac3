package io.mealexpense.benchmarks.anchor;

import io.mealexpense.benchmarks.measure.Cpu;
import io.mealexpense.benchmarks.measure.Sample;
import io.mealexpense.postgres.Database;
import io.mealexpense.postgres.Role;
import java.io.OutputStream;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/** How fast PostgreSQL itself hands the log out: every row as text. */
public final class CopyOut {

    /** In the order of positions, as every reader of the log needs it. */
    public static final String IN_ORDER = "(SELECT * FROM event_store.domain_event ORDER BY position)";

    /** As the rows lie on disk, the fastest there is. */
    public static final String AS_STORED = "event_store.domain_event";

    private CopyOut() {}

    public static Sample run(Database database, long postmaster, String what) throws SQLException {
        try (var connection = database.connect(Role.QUERY);
                var statement = connection.createStatement()) {
            statement.execute("SET statement_timeout = 0");
            var cpu = Cpu.familySeconds(postmaster);
            var began = System.nanoTime();
            try {
                var rows = connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyOut("COPY " + what + " TO STDOUT", OutputStream.nullOutputStream());
                var seconds = (System.nanoTime() - began) / 1e9;
                var used = Cpu.familySeconds(postmaster) - cpu;
                return new Sample(rows / seconds, 0, used * 1e6 / rows, Double.NaN, Double.NaN);
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }
}
