package io.mealexpense.query.readmodel;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.postgresql.PGConnection;

/**
 * Rows of one table, ready to be sent.
 *
 * @param pieces of PostgreSQL's binary COPY format, one after the other
 */
public record CopyRows(String table, List<String> columns, List<byte[]> pieces) {

    /** Copies them in the connection's transaction, into the table that its search path names. */
    public void copyTo(Connection connection) throws SQLException {
        var copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY %s (%s) FROM STDIN (FORMAT binary)".formatted(table, String.join(", ", columns)));
        try {
            for (var piece : pieces) {
                copy.writeToCopy(piece, 0, piece.length);
            }
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }
}
