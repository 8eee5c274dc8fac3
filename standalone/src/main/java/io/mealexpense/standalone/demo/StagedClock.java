package io.mealexpense.standalone.demo;

import io.mealexpense.postgres.Database;
import io.mealexpense.postgres.Role;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;

/**
 * The clock by which a demonstration's events are recorded while it is being filled. It is put to the moments when people
 * would have entered them, so that the demonstration has a past that can be looked at. In the schema
 * {@value #SCHEMA}, which the write side searches before PostgreSQL's own during that first start, and which is gone
 * afterwards: nothing else has a clock that can be put.
 */
public final class StagedClock implements AutoCloseable {

    private static final String SCHEMA = "demonstration";

    private static final String MAKE = """
            SET ROLE meals_owner;
            CREATE SCHEMA demonstration;
            CREATE TABLE demonstration.stage AS SELECT pg_catalog.clock_timestamp() AS at, pg_catalog.clock_timestamp() AS since;
            CREATE FUNCTION demonstration.clock_timestamp() RETURNS timestamptz LANGUAGE sql AS $$
                SELECT least(at + (pg_catalog.clock_timestamp() - since), pg_catalog.clock_timestamp())
                FROM demonstration.stage
            $$;
            GRANT USAGE ON SCHEMA demonstration TO meals_command;
            GRANT SELECT ON demonstration.stage TO meals_command;
            SET synchronous_commit = off;
            """;

    private static final String PUT = "UPDATE demonstration.stage SET at = ?, since = pg_catalog.clock_timestamp()";

    private final Connection connection;

    private StagedClock(Connection connection) {
        this.connection = connection;
    }

    /**
     * Makes it, before anything is recorded.
     *
     * @throws IllegalStateException if the database refuses
     */
    public static StagedClock make(Database database) {
        try {
            var connection = database.connect(Role.MIGRATOR);
            try (var statement = connection.createStatement()) {
                statement.execute(MAKE);
            } catch (SQLException failure) {
                connection.close();
                throw failure;
            }
            return new StagedClock(connection);
        } catch (SQLException failure) {
            throw new IllegalStateException("The demonstration's clock could not be made", failure);
        }
    }

    /** The address by which the write side finds this clock before PostgreSQL's own. */
    public static String url(Database database) {
        return database.url() + "?options=-c%20search_path=" + SCHEMA + ",pg_catalog";
    }

    /**
     * From now on it is this moment, and later as time goes by; never later than it really is.
     *
     * @throws IllegalStateException if the database refuses
     */
    void put(Instant moment) {
        try (var statement = connection.prepareStatement(PUT)) {
            statement.setObject(1, moment.atOffset(ZoneOffset.UTC));
            statement.executeUpdate();
        } catch (SQLException failure) {
            throw new IllegalStateException("The demonstration's clock could not be put", failure);
        }
    }

    /** From now on everything is recorded by PostgreSQL's own clock. */
    @Override
    public void close() {
        try (connection;
                var statement = connection.createStatement()) {
            statement.execute("DROP SCHEMA IF EXISTS demonstration CASCADE");
        } catch (SQLException failure) {
            throw new IllegalStateException("The demonstration's clock could not be taken away", failure);
        }
    }
}
