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
import java.util.stream.Collectors;
import java.util.stream.LongStream;
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

    /**
     * Part of the trail.
     *
     * @param positions that it consists of
     * @param rows that there are at these positions
     */
    private record Found(
            List<Long> positions,
            List<AuditRow> rows,
            boolean more,
            @Nullable Boolean incomplete) {}

    private final JdbcClient jdbc;
    private final ConsistentReads reads;
    private final RowMapper<AuditRow> rows;
    private final LoggedEvents log;

    AuditTrailQueries(@Qualifier("queryJdbcClient") JdbcClient jdbc, ConsistentReads reads, LoggedEvents log) {
        this.jdbc = jdbc;
        this.reads = reads;
        this.log = log;
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
                    metadata(event, EventMetadata.DEVICE),
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
        if (!keys.isEmpty() && !POSITION.matcher(keys.get(0)).matches()) {
            throw Cursor.refused("was not made here");
        }
        var beyond = keys.isEmpty() ? Long.MAX_VALUE : Long.parseLong(keys.get(0));
        var page = reads.read(
                AuditTrailProjection.GROUP,
                Optional.ofNullable(filter.ownerId()),
                atLeast,
                state -> found(filter, Math.min(beyond, state.position() + 1), limit, state.incomplete()));
        return new AuditEvents(
                fromLog(page.positions(), page.rows()),
                page.more() ? Cursor.of(list, String.valueOf(page.positions().getLast())) : null,
                log.sealedUpTo(),
                page.incomplete());
    }

    /** Newest first. Without a filter nothing is searched: every position there is belongs to it, row or not. */
    private Found found(AuditFilter filter, long beyond, int limit, @Nullable Boolean incomplete) {
        var where = filter.where().and("position < :beyond", "beyond", beyond).parameter("limit", limit + 1);
        if (filter.everything()) {
            var first = Math.max(1, beyond - limit);
            var rows = rows(where.and("position >= :first", "first", first), "DESC");
            var positions = LongStream.range(first, beyond)
                    .map(at -> first + beyond - 1 - at)
                    .boxed();
            return new Found(positions.toList(), rows, first > 1, incomplete);
        }
        var rows = rows(where, "DESC");
        var more = rows.size() > limit;
        var shown = more ? rows.subList(0, limit) : rows;
        return new Found(positions(shown), shown, more, incomplete);
    }

    private static List<Long> positions(List<AuditRow> rows) {
        return rows.stream().map(AuditRow::position).toList();
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

    /** What the log says, at positions and in an order that the trail gave. */
    private List<AuditEvents.Event> fromLog(List<Long> positions, List<AuditRow> rows) {
        var trail = rows.stream().collect(Collectors.toMap(AuditRow::position, Function.identity()));
        var logged = log.at(positions);
        return positions.stream()
                .flatMap(position -> event(trail.get(position), logged.get(position)).stream())
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
            next = read();
            return part;
        }

        /** What comes next; a stretch of which there is nothing anywhere is passed over, as it must not be the end. */
        private List<AuditEvents.Event> read() {
            var part = List.<AuditEvents.Event>of();
            while (part.isEmpty() && after < upTo) {
                part = readOn();
            }
            return part;
        }

        private List<AuditEvents.Event> readOn() {
            var end = filter.everything() ? Math.min(upTo, after + CHUNK) : upTo;
            var where = filter.where()
                    .and("position > :after", "after", after)
                    .and("position <= :end", "end", end)
                    .parameter("limit", CHUNK);
            var rows = reads.read(
                    AuditTrailProjection.GROUP,
                    Optional.ofNullable(filter.ownerId()),
                    AtLeast.ANYTHING,
                    state -> rows(where, "ASC"));
            var positions = filter.everything()
                    ? LongStream.rangeClosed(after + 1, end).boxed().toList()
                    : positions(rows);
            after = positions.isEmpty() ? upTo : positions.getLast();
            return fromLog(positions, rows);
        }
    }

    Export export(AuditFilter filter, AtLeast atLeast) {
        return new Export(filter, atLeast);
    }

    /** Empty for a position of which there is nothing anywhere: the hole shows by itself. */
    private static Optional<AuditEvents.Event> event(@Nullable AuditRow row, LoggedEvents.@Nullable Logged logged) {
        if (logged == null || logged.row() == null) {
            return Optional.ofNullable(row).map(kept -> event(kept, logged == null ? null : logged.stored(), null));
        }
        var deviation = row == null
                ? AuditEvents.Deviation.MISSING
                : row.saysTheSameAs(logged.row()) ? null : AuditEvents.Deviation.DIFFERS;
        return Optional.of(event(logged.row(), logged.stored(), deviation));
    }

    private static AuditEvents.Event event(
            AuditRow row, AuditEvents.@Nullable Stored stored, AuditEvents.@Nullable Deviation deviation) {
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
                metadata(row, EventMetadata.DEVICE),
                row.requestId(),
                row.reason(),
                row.payload(),
                row.metadata(),
                stored,
                deviation);
    }

    private static String actorOf(AuditRow row) {
        return Objects.requireNonNullElse(row.actorId(), EventMetadata.SYSTEM);
    }

    private static @Nullable String metadata(AuditRow row, String key) {
        var value = row.metadata().get(key);
        return value == null || value.isNull() ? null : value.asString();
    }
}
