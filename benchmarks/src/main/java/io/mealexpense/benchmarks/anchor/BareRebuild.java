package io.mealexpense.benchmarks.anchor;

import io.mealexpense.benchmarks.measure.Cpu;
import io.mealexpense.benchmarks.measure.Sample;
import io.mealexpense.postgres.Database;
import io.mealexpense.postgres.Role;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The least that a rebuild in Java can be: reading the log by a cursor, parsing every payload and copying a row of the
 * same width into a table, on one thread, without any folding or index.
 */
public final class BareRebuild {

    private static final int FETCH = 5_000;
    private static final int BUFFER = 1 << 18;
    private static final String[] COLUMNS = {
        "ownerId", "spentOn", "amount", "currency", "mealType", "categoryId", "place", "notes"
    };

    private BareRebuild() {}

    public static Sample run(Database database, long postmaster) throws SQLException {
        var json = JsonMapper.builder().build();
        var server = Cpu.seconds(ProcessHandle.current().pid());
        var postgres = Cpu.familySeconds(postmaster);
        var began = System.nanoTime();
        var rows = 0L;
        try (var reading = database.connect(Role.QUERY);
                var writing = database.connect(Role.QUERY);
                var statement = reading.createStatement();
                var preparing = writing.createStatement()) {
            preparing.execute("SET statement_timeout = 0");
            preparing.execute("TRUNCATE benchmark.bare");
            var copy = writing.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY benchmark.bare FROM STDIN");
            statement.execute("SET statement_timeout = 0");
            reading.setAutoCommit(false);
            statement.setFetchSize(FETCH);
            var text = new StringBuilder(BUFFER + 4_096);
            try (var log = statement.executeQuery(
                    "SELECT position, aggregate_id, sequence, name, payload FROM event_store.domain_event"
                            + " ORDER BY position")) {
                while (log.next()) {
                    rows++;
                    text.append(log.getLong(1))
                            .append('\t')
                            .append(log.getString(2))
                            .append('\t');
                    text.append(log.getLong(3)).append('\t').append(log.getString(4));
                    var payload = json.readTree(log.getString(5));
                    for (var column : COLUMNS) {
                        text.append('\t');
                        append(payload.get(column), text);
                    }
                    text.append('\n');
                    if (text.length() > BUFFER) {
                        var bytes = text.toString().getBytes(StandardCharsets.UTF_8);
                        copy.writeToCopy(bytes, 0, bytes.length);
                        text.setLength(0);
                    }
                }
                var bytes = text.toString().getBytes(StandardCharsets.UTF_8);
                copy.writeToCopy(bytes, 0, bytes.length);
                copy.endCopy();
            }
            reading.rollback();
        }
        var seconds = (System.nanoTime() - began) / 1e9;
        return new Sample(
                rows / seconds,
                (Cpu.seconds(ProcessHandle.current().pid()) - server) * 1e6 / rows,
                (Cpu.familySeconds(postmaster) - postgres) * 1e6 / rows,
                Double.NaN,
                Double.NaN);
    }

    private static void append(JsonNode value, StringBuilder text) {
        if (value == null || value.isNull()) {
            text.append("\\N");
        } else {
            text.append(value.asString().replace("\\", "\\\\").replace("\n", "\\n"));
        }
    }
}
