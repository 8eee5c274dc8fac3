package io.mealexpense.verify;

import io.mealexpense.verify.Fold.UnknownEventException;
import io.mealexpense.verify.ReadModelDatabase.Live;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Holds the live read models against the log: its events are read in the order of their aggregates, each aggregate is
 * folded on its own, and the rows, which come in the same order, pass by. So neither the log nor a table is ever in
 * memory. Sums are compared with the rows that they are made of, which the fold was compared with; that is for the
 * server to add up.
 */
final class ReadModelVerification {

    /** There is no read model to look at, or not with this program. */
    static final class NotComparableException extends Exception {
        private static final long serialVersionUID = 1L;

        NotComparableException(String message) {
            super(message);
        }
    }

    private static final int BATCH = 2_000;
    private static final int KEPT = 20;

    private final LogDatabase log;
    private final ReadModelDatabase readModels;
    private final Map<String, List<String>> differences = new LinkedHashMap<>();
    private final Map<String, Live> live = new LinkedHashMap<>();
    private final Map<String, Set<UUID>> putAside = new LinkedHashMap<>();
    private final List<TableState> tables = new ArrayList<>();
    private long rowCount;
    private long count;

    /**
     * What came of it.
     *
     * @param differences the first of each table
     * @param count of all that were found
     * @param positions of the projections, in words
     */
    record Outcome(List<String> differences, long count, long rows, String positions, List<String> remarks) {}

    /** A table on the way through its rows. */
    private final class TableState {
        private final RowTable table;
        private final Live live;
        private final Set<UUID> putAside;
        private final ReadModelDatabase.Rows rows;
        private final List<Map<String, @Nullable String>> expected = new ArrayList<>();
        private Fold fold = new Fold();

        TableState(RowTable table, Live live, Set<UUID> putAside) throws SQLException {
            this.table = table;
            this.live = live;
            this.putAside = putAside;
            this.rows = readModels.rows(table, live);
        }

        void take(Fact fact, Json.Fields payload) throws UnknownEventException {
            fold.take(fact, payload);
            if (table.everyVersion()) {
                if (!expected.isEmpty()) {
                    expected.getLast().put(RowTable.UNTIL, Long.toString(fact.position()));
                }
                expected.add(fold.row(table.columns()));
            }
        }

        /** All events of the aggregate were taken. */
        void compare(UUID aggregate) throws SQLException {
            extraBefore(aggregate);
            if (!table.everyVersion() && !fold.isEmpty()) {
                expected.add(fold.row(table.columns()));
            }
            for (var wanted : expected) {
                while (aggregate.equals(rows.key()) && compareFrom(wanted) < 0) {
                    extra(aggregate);
                }
                var isThere = aggregate.equals(rows.key()) && compareFrom(wanted) == 0;
                if (!putAside.contains(aggregate)) {
                    if (isThere) {
                        compareColumns(aggregate, wanted);
                    } else {
                        tell(table, aggregate, wanted, "row: it is missing");
                    }
                }
                if (isThere) {
                    rowCount++;
                    rows.next();
                }
            }
            while (aggregate.equals(rows.key())) {
                extra(aggregate);
            }
            expected.clear();
            fold = new Fold();
        }

        /** Of the present row and the wanted one; rows that are alone of their aggregate are always of each other. */
        private int compareFrom(Map<String, @Nullable String> wanted) throws SQLException {
            var from = wanted.get(RowTable.FROM);
            return from == null ? 0 : Long.compare(rows.from(), Long.parseLong(from));
        }

        private void compareColumns(UUID aggregate, Map<String, @Nullable String> wanted) throws SQLException {
            for (var i = 0; i < table.columns().size(); i++) {
                var column = table.columns().get(i);
                var found = rows.value(i);
                var value = wanted.get(column.name());
                if (found == null ? value != null : !found.equals(value)) {
                    tell(table, aggregate, wanted, column.name() + ": " + column.difference(found, value));
                }
            }
        }

        private void extra(UUID aggregate) throws SQLException {
            rowCount++;
            if (!putAside.contains(aggregate)) {
                Map<String, @Nullable String> from =
                        table.everyVersion() ? Map.of(RowTable.FROM, Long.toString(rows.from())) : Map.of();
                tell(table, aggregate, from, "row: it is there, and by the log it must not be");
            }
            rows.next();
        }

        /** @param aggregate null for the end of the log */
        void extraBefore(@Nullable UUID aggregate) throws SQLException {
            for (var key = rows.key(); key != null && (aggregate == null || before(key, aggregate)); key = rows.key()) {
                extra(key);
            }
        }
    }

    ReadModelVerification(LogDatabase log, ReadModelDatabase readModels) {
        this.log = log;
        this.readModels = readModels;
    }

    Outcome run() throws SQLException, NotComparableException {
        var remarks = new ArrayList<String>();
        for (var table : RowTable.ALL) {
            var projection = table.projection();
            if (!live.containsKey(projection)) {
                enter(projection, remarks);
            }
            tables.add(new TableState(table, live.get(projection), putAside.get(projection)));
        }
        enter(TrailVerification.PROJECTION, remarks);
        var last = live.values().stream().mapToLong(Live::position).max().orElse(0);
        checkEnd();
        fold(last);
        for (var table : tables) {
            table.extraBefore(null);
            table.rows.close();
        }
        for (var table : SummedTable.all()) {
            for (var wrong : readModels.wrongSums(table, live.get(table.projection()), KEPT)) {
                tell(table.name(), wrong.where(), wrong.message());
            }
        }
        rowCount += new TrailVerification(
                        log,
                        readModels,
                        (message, position) -> tell(TrailVerification.TABLE, "position " + position, message))
                .run(live.get(TrailVerification.PROJECTION), putAside.get(TrailVerification.PROJECTION));
        return new Outcome(
                differences.values().stream().flatMap(List::stream).toList(),
                count,
                rowCount,
                live.entrySet().stream()
                        .map(it -> "%s at position %,d"
                                .formatted(it.getKey(), it.getValue().position()))
                        .collect(Collectors.joining(", ")),
                remarks);
    }

    private void enter(String projection, List<String> remarks) throws SQLException, NotComparableException {
        var found = readModels
                .live(projection)
                .orElseThrow(() -> new NotComparableException("There is no read model " + projection + "."));
        live.put(projection, found);
        putAside.put(projection, readModels.putAside(projection, found));
        if (!putAside.get(projection).isEmpty()) {
            remarks.add("%,d expenses or categories are not compared in %s: events of theirs are put aside."
                    .formatted(putAside.get(projection).size(), projection));
        }
    }

    private void checkEnd() throws SQLException {
        var end = log.bounds().last();
        live.forEach((projection, state) -> {
            if (state.position() > end) {
                tell(
                        "projection_token",
                        projection,
                        "position: it is %d, and the log ends at %d".formatted(state.position(), end));
            }
        });
    }

    private void fold(long last) throws SQLException, NotComparableException {
        var aggregate = new UUID(0, 0);
        var sequence = -1L;
        @Nullable Fact before = null;
        while (true) {
            var batch = log.facts(aggregate, sequence, last, BATCH);
            for (var fact : batch) {
                if (before != null && !before.aggregateId().equals(fact.aggregateId())) {
                    compare(before);
                }
                take(fact);
                before = fact;
            }
            if (batch.size() < BATCH) {
                break;
            }
            aggregate = batch.getLast().aggregateId();
            sequence = batch.getLast().sequence();
        }
        if (before != null) {
            compare(before);
        }
    }

    private void take(Fact fact) throws NotComparableException {
        try {
            var payload = Json.object(fact.payload());
            for (var table : tables) {
                if (table.table.aggregateType().equals(fact.aggregateType())
                        && fact.position() <= table.live.position()) {
                    table.take(fact, payload);
                }
            }
        } catch (UnknownEventException unknown) {
            throw new NotComparableException(unknown.getMessage());
        } catch (IllegalArgumentException malformed) {
            throw new NotComparableException(
                    "Position %d cannot be read: %s".formatted(fact.position(), malformed.getMessage()));
        }
    }

    private void compare(Fact fact) throws SQLException, NotComparableException {
        try {
            for (var table : tables) {
                if (table.table.aggregateType().equals(fact.aggregateType())) {
                    table.compare(fact.aggregateId());
                }
            }
        } catch (IllegalArgumentException | DateTimeException malformed) {
            throw new NotComparableException("The events up to position %d cannot be read: %s"
                    .formatted(fact.position(), malformed.getMessage()));
        }
    }

    /** @param wanted the row that the log says there is, if it says so */
    private void tell(RowTable table, UUID key, Map<String, @Nullable String> wanted, String message) {
        var from = wanted.get(RowTable.FROM);
        tell(
                table.name(),
                table.key() + " " + key + (from == null ? "" : ", %s %s".formatted(RowTable.FROM, from)),
                message);
    }

    private void tell(String table, String where, String message) {
        count++;
        var told = differences.computeIfAbsent(table, name -> new ArrayList<>());
        if (told.size() < KEPT) {
            told.add("%s, %s, %s".formatted(table, where, message));
        }
    }

    /** As the server sorts identifiers: by their bytes. */
    private static boolean before(UUID one, UUID other) {
        var high = Long.compareUnsigned(one.getMostSignificantBits(), other.getMostSignificantBits());
        return high != 0
                ? high < 0
                : Long.compareUnsigned(one.getLeastSignificantBits(), other.getLeastSignificantBits()) < 0;
    }
}
