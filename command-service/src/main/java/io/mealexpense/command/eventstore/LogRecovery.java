package io.mealexpense.command.eventstore;

import io.mealexpense.command.metrics.CommandMeters;
import io.mealexpense.events.LogRecoveryDeclared;
import io.mealexpense.events.serialization.EventSerializer;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Opens a log that was restored from a backup. The one event that is not appended as all others are: in the transaction
 * that appends it the log becomes that of the cluster it is in now, and until then nothing can be appended.
 */
public final class LogRecovery {

    /** What came of it. */
    public enum Outcome {
        DECLARED,
        /** There is nothing to declare any more. */
        OPEN,
        /** The log is not what it was declared to be. */
        OTHERWISE
    }

    /**
     * @param position of the event, 0 if there is none
     */
    public record Declared(Outcome outcome, long position) {}

    private static final String DECLARE = """
            SELECT outcome, declared_at
              FROM event_store.declare_recovery(:end, :fromSystem, :fromTimeline, :toSystem, :toTimeline, :recovery,
                       :event, :name, :revision, :payload, :metadata)
            """;

    private final JdbcClient jdbc;
    private final LogGate gate;
    private final Runnable appended;
    private final CommandMeters meters;
    private final Serializer serializer = EventSerializer.create();

    LogRecovery(DataSource dataSource, LogGate gate, Runnable appended, CommandMeters meters) {
        this.jdbc = JdbcClient.create(dataSource);
        this.gate = gate;
        this.appended = appended;
        this.meters = meters;
    }

    /** As it is at this moment. */
    public Lineage lineage() {
        try {
            return gate.refresh();
        } catch (SQLException failure) {
            throw new EventLogUnavailableException(failure);
        }
    }

    /** Declares the recovery that the event tells of, if the log still is as the event says. */
    public Declared declare(LogRecoveryDeclared event, RequestContext context) {
        var payload = serializer.serialize(event, String.class);
        var metadata = serializer.serialize(Map.copyOf(context.metadata()), String.class);
        var declared = jdbc.sql(DECLARE)
                .param("end", event.lastPosition())
                .param("fromSystem", number(event.systemIdentifierBefore()))
                .param("fromTimeline", event.timelineBefore())
                .param("toSystem", number(event.systemIdentifier()))
                .param("toTimeline", event.timeline())
                .param("recovery", event.recoveryId())
                .param("event", UUID.randomUUID())
                .param("name", payload.getType().getName())
                .param("revision", payload.getType().getRevision())
                .param("payload", payload.getData())
                .param("metadata", metadata.getData())
                .query((row, number) ->
                        new Declared(Outcome.valueOf(row.getString(1).toUpperCase(Locale.ROOT)), row.getLong(2)))
                .single();
        if (declared.outcome() == Outcome.DECLARED) {
            meters.happened(payload.getType().getName());
            appended.run();
        }
        lineage();
        return declared;
    }

    private static @Nullable Long number(@Nullable String systemIdentifier) {
        return systemIdentifier == null ? null : Long.valueOf(systemIdentifier);
    }
}
