package io.mealexpense.query.audittrail;

import io.mealexpense.events.EventMetadata;
import io.mealexpense.query.readmodel.AtLeast;
import io.mealexpense.query.readmodel.ConsistentReads;
import io.mealexpense.query.readmodel.Table;
import io.mealexpense.query.web.Cursor;
import io.mealexpense.query.web.Owners;
import io.mealexpense.query.web.Where;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Reads of the trail. */
@Component
class AuditTrailQueries {

    private static final Pattern POSITION = Pattern.compile("[1-9][0-9]{0,17}");

    /** Events read and written at a time by an export. */
    private static final int CHUNK = 1_000;

    private record Page(List<AuditRow> rows, @Nullable Boolean incomplete) {}

    private final JdbcClient jdbc;
    private final ConsistentReads reads;
    private final RowMapper<AuditRow> rows;
    private final StoredBytes storedBytes;

    AuditTrailQueries(@Qualifier("queryJdbcClient") JdbcClient jdbc, ConsistentReads reads, StoredBytes storedBytes) {
        this.jdbc = jdbc;
        this.reads = reads;
        this.storedBytes = storedBytes;
        this.rows = new Table<>(jdbc, "audit_trail_entry", AuditRow.class).mapper("row");
    }

    /** The history of an expense, empty if there is none that the reader may know of. */
    Optional<ExpenseHistory> history(UUID expense, Owners owners, AtLeast atLeast) {
        var page = reads.read(
                AuditTrailProjection.GROUP,
                owners.only(),
                atLeast,
                state -> new Page(
                        jdbc.sql(
                                        "SELECT to_json(t) AS row FROM audit_trail_entry t"
                                                + " WHERE aggregate_id = ? AND aggregate_type = 'MealExpense' ORDER BY sequence")
                                .param(expense)
                                .query(rows)
                                .list(),
                        state.incomplete()));
        var events = page.rows();
        if (events.isEmpty()
                || !owners.include(Objects.requireNonNull(events.getFirst().ownerId()))) {
            return Optional.empty();
        }
        return Optional.of(new ExpenseHistory(entries(events), page.incomplete()));
    }

    private static List<ExpenseHistory.Entry> entries(List<AuditRow> events) {
        var entries = new ArrayList<ExpenseHistory.Entry>();
        JsonNode content = null;
        for (var event : events) {
            List<FieldChange> changes = List.of();
            if (FieldChange.hasContent(event.payload())) {
                changes = FieldChange.between(content, event.payload());
                content = event.payload();
            }
            entries.add(new ExpenseHistory.Entry(
                    event.event(),
                    event.revision(),
                    event.sequence(),
                    event.position(),
                    event.at(),
                    new ExpenseHistory.Actor(actorOf(event)),
                    metadata(event, EventMetadata.CLIENT),
                    event.reason(),
                    changes));
        }
        return entries;
    }

    AuditEvents events(AuditParameters parameters, AtLeast atLeast) {
        var filter = parameters.filter();
        var list = filter.canonical();
        var keys = Cursor.keys(parameters.cursor(), list, 1);
        var limit = parameters.pageSize();
        var where = filter.where().parameter("limit", limit + 1);
        if (!keys.isEmpty()) {
            if (!POSITION.matcher(keys.get(0)).matches()) {
                throw Cursor.refused("was not made here");
            }
            where.and("position < :beyond", "beyond", Long.valueOf(keys.get(0)));
        }
        var page = reads.read(
                AuditTrailProjection.GROUP,
                Optional.ofNullable(filter.ownerId()),
                atLeast,
                state -> new Page(rows(where, "DESC"), state.incomplete()));
        var found = page.rows();
        var more = found.size() > limit;
        var shown = more ? found.subList(0, limit) : found;
        return new AuditEvents(
                withStored(shown),
                more ? Cursor.of(list, String.valueOf(shown.getLast().position())) : null,
                storedBytes.sealedUpTo(),
                page.incomplete());
    }

    private List<AuditRow> rows(Where where, String order) {
        return jdbc.sql("""
                        SELECT to_json(t) AS row FROM audit_trail_entry t
                        %s
                         ORDER BY position %s
                         LIMIT :limit
                        """.formatted(where.sql(), order))
                .params(where.parameters())
                .query(rows)
                .list();
    }

    private List<AuditEvents.Event> withStored(List<AuditRow> events) {
        var stored = storedBytes.at(events.stream().map(AuditRow::position).toList());
        return events.stream()
                .map(row -> event(row, stored.get(row.position())))
                .toList();
    }

    /**
     * The trail from its beginning up to where it was when it was asked for, some at a time. Its rows never change and
     * only follow each other, so the parts fit together without one long snapshot that would hold the database up.
     */
    final class Export {

        private final AuditFilter filter;
        private final long upTo;
        private final boolean incomplete;
        private long after;
        private List<AuditEvents.Event> next;

        private Export(AuditFilter filter, AtLeast atLeast) {
            this.filter = filter;
            var state = reads.read(
                    AuditTrailProjection.GROUP, Optional.ofNullable(filter.ownerId()), atLeast, Function.identity());
            this.upTo = state.position();
            this.incomplete = state.incomplete() != null;
            this.next = read();
        }

        /** Whether events were put aside that may be missing. */
        boolean incomplete() {
            return incomplete;
        }

        boolean hasNext() {
            return !next.isEmpty();
        }

        /** The part that has been read, after the following one is known to be readable. */
        List<AuditEvents.Event> next() {
            var part = next;
            next = part.size() < CHUNK ? List.of() : read();
            return part;
        }

        private List<AuditEvents.Event> read() {
            var where = filter.where()
                    .and("position > :after", "after", after)
                    .and("position <= :upTo", "upTo", upTo)
                    .parameter("limit", CHUNK);
            var part = reads.read(
                    AuditTrailProjection.GROUP,
                    Optional.ofNullable(filter.ownerId()),
                    AtLeast.ANYTHING,
                    state -> rows(where, "ASC"));
            after = part.isEmpty() ? upTo : part.getLast().position();
            return withStored(part);
        }
    }

    Export export(AuditFilter filter, AtLeast atLeast) {
        return new Export(filter, atLeast);
    }

    private static AuditEvents.Event event(AuditRow row, AuditEvents.@Nullable Stored stored) {
        var roles = metadata(row, EventMetadata.ACTOR_ROLES);
        return new AuditEvents.Event(
                row.position(),
                row.eventId(),
                row.aggregateType(),
                row.aggregateId(),
                row.sequence(),
                row.event(),
                row.revision(),
                row.at(),
                row.ownerId(),
                new AuditEvents.Actor(
                        actorOf(row), roles == null || roles.isEmpty() ? List.of() : List.of(roles.split(","))),
                metadata(row, EventMetadata.CLIENT),
                row.requestId(),
                row.reason(),
                row.payload(),
                row.metadata(),
                stored);
    }

    private static String actorOf(AuditRow row) {
        return Objects.requireNonNullElse(row.actorId(), EventMetadata.SYSTEM);
    }

    private static @Nullable String metadata(AuditRow row, String key) {
        var value = row.metadata().get(key);
        return value == null || value.isNull() ? null : value.asString();
    }
}
