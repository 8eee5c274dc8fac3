package io.mealexpense.benchmarks.dataset;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.function.Consumer;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Copies a generated history into an empty log, by the rights of the write side. */
public final class LogLoader {

    static final String COLUMNS =
            "position, aggregate_type, aggregate_id, sequence, event_id, name, revision, recorded_at, payload, metadata";

    private static final int BUFFER = 1 << 18;

    private LogLoader() {}

    /**
     * Loads all of it in one transaction and sets the head row to its end.
     *
     * @param connection of the command role; the log must be empty
     */
    public static void load(Connection connection, Consumer<Consumer<GeneratedEvent>> history) throws SQLException {
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute("SET statement_timeout = 0");
            try (var head = statement.executeQuery("SELECT position FROM event_store.head FOR UPDATE")) {
                head.next();
                if (head.getLong(1) != 0) {
                    throw new IllegalStateException("The log is not empty");
                }
            }
        }
        var copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY event_store.domain_event (" + COLUMNS + ") FROM STDIN");
        var last = new GeneratedEvent[1];
        var lines = new Lines(copy);
        try {
            history.accept(event -> {
                last[0] = event;
                lines.accept(event);
            });
            lines.flush();
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
        try (var head = connection.prepareStatement("UPDATE event_store.head SET position = ?, at = ?")) {
            head.setLong(1, last[0].position());
            head.setObject(2, OffsetDateTime.ofInstant(last[0].recordedAt(), ZoneOffset.UTC));
            head.executeUpdate();
        }
        connection.commit();
        connection.setAutoCommit(true);
    }

    /** The bytes that {@link #load} sends, without a database. */
    public static void write(EventGenerator generator, Consumer<byte[]> out) {
        var line = new StringBuilder();
        generator.generate(event -> {
            line.setLength(0);
            event.appendTo(line);
            out.accept(line.toString().getBytes(StandardCharsets.UTF_8));
        });
    }

    private static final class Lines implements Consumer<GeneratedEvent> {

        private final CopyIn copy;
        private final StringBuilder text = new StringBuilder(BUFFER + 4_096);

        Lines(CopyIn copy) {
            this.copy = copy;
        }

        @Override
        public void accept(GeneratedEvent event) {
            event.appendTo(text);
            if (text.length() > BUFFER) {
                flush();
            }
        }

        void flush() {
            var bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            try {
                copy.writeToCopy(bytes, 0, bytes.length);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            text.setLength(0);
        }
    }
}
