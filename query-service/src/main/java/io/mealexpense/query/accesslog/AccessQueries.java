package io.mealexpense.query.accesslog;

import io.mealexpense.query.web.Cursor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads of the access log. */
@Component
class AccessQueries {

    private static final Pattern ENTRY = Pattern.compile("[1-9][0-9]{0,17}");
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<Map<String, List<String>>> FILTER = new TypeReference<>() {};

    private final JdbcClient jdbc;

    AccessQueries(@Qualifier("queryJdbcClient") JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Accesses list(AccessParameters parameters) {
        var list = parameters.canonical();
        var keys = Cursor.keys(parameters.cursor(), list, 1);
        var limit = parameters.pageSize();
        var where = parameters.where().parameter("limit", limit + 1);
        if (!keys.isEmpty()) {
            if (!ENTRY.matcher(keys.get(0)).matches()) {
                throw Cursor.refused("was not made here");
            }
            where.and("entry < :beyond", "beyond", Long.valueOf(keys.get(0)));
        }
        var found = jdbc.sql("""
                        SELECT entry, at, account_id, roles, client, route, path, filter, trace_id
                          FROM audit.access_log
                        %s
                         ORDER BY entry DESC
                         LIMIT :limit
                        """.formatted(where.sql()))
                .params(where.parameters())
                .query((row, number) -> access(row))
                .list();
        var more = found.size() > limit;
        var shown = more ? found.subList(0, limit) : found;
        return new Accesses(
                List.copyOf(shown),
                more ? Cursor.of(list, String.valueOf(shown.getLast().entry())) : null);
    }

    private static Accesses.Access access(ResultSet row) throws SQLException {
        var roles = row.getString("roles");
        return new Accesses.Access(
                row.getLong("entry"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getObject("account_id", UUID.class),
                roles.isEmpty() ? List.of() : List.of(roles.split(",")),
                row.getString("client"),
                row.getString("route"),
                row.getString("path"),
                JSON.readValue(row.getString("filter"), FILTER),
                row.getString("trace_id"));
    }
}
