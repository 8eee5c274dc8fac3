package io.mealexpense.query.readmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.mealexpense.postgres.Role;
import io.mealexpense.query.eventstream.Projector;
import io.mealexpense.query.eventstream.ReadSide;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CopyFormatTest {

    private final ReadSide side = ReadSide.open();

    private record Inner(@Nullable LocalDate day, @Nullable LocalTime time) {}

    private record Everything(
            UUID id,
            long sequence,
            boolean flag,
            int small,
            @Nullable Integer maybe,
            @Nullable BigDecimal amount,
            @JsonUnwrapped Inner inner,
            @Nullable Instant at,
            @Nullable String text,
            List<String> texts,
            @Nullable JsonNode json) {}

    private static final String COLUMNS = "(id uuid PRIMARY KEY, sequence bigint, flag boolean, small integer,"
            + " maybe integer, amount numeric, day date, \"time\" time, at timestamptz, text text, texts text[], json json)";

    @BeforeEach
    void tables() throws SQLException {
        try (var connection = side.database.connect(Role.MIGRATOR);
                var statement = connection.createStatement()) {
            statement.execute("SET ROLE meals_owner");
            statement.execute("CREATE TABLE read_model.copied " + COLUMNS);
            statement.execute("CREATE TABLE read_model.spelt " + COLUMNS);
        }
    }

    @AfterEach
    void close() throws InterruptedException {
        side.close();
    }

    private static Everything row(@Nullable BigDecimal amount, @Nullable String text, String... texts) {
        return new Everything(
                UUID.randomUUID(),
                text == null ? Long.MIN_VALUE : text.length(),
                text == null,
                -7,
                text == null ? null : Integer.MAX_VALUE,
                amount,
                new Inner(LocalDate.of(1969, 12, 31), LocalTime.of(23, 59)),
                Instant.parse("1999-12-31T23:59:59.999999Z"),
                text,
                List.of(texts),
                text == null ? null : ReadModelJson.MAPPER.createObjectNode().put("text", text));
    }

    private static List<Everything> rows() {
        var rows = new ArrayList<Everything>();
        for (var amount : List.of(
                "0",
                "0.00",
                "-0.01",
                "12.50",
                "13.2",
                "10000",
                "-10000.0001",
                "99999999.9999",
                "0.00010",
                "1000000",
                "123456789012345678",
                "9223372036854775807",
                "9223372036854775808",
                "-98765432109876543210.123456789",
                "1E+5",
                "0.000000000000000000001")) {
            rows.add(row(new BigDecimal(amount), "a\tb\\c\nd 'e' \"f\" é 木 🍜", "", "a,b", "{\"c\\d\"}", "NULL", "ü"));
        }
        rows.add(row(null, null));
        rows.add(new Everything(
                new UUID(-1, -1),
                Long.MAX_VALUE,
                false,
                0,
                0,
                BigDecimal.ONE.negate(),
                new Inner(null, null),
                null,
                "",
                List.of(""),
                null));
        return rows;
    }

    /** Row by row as PostgreSQL writes it. */
    private List<String> written(String table) {
        return side.jdbc
                .sql("SELECT ROW(t.*)::text FROM %s t ORDER BY id".formatted(table))
                .query(String.class)
                .list();
    }

    private Table<Everything> table(String name) {
        return new Table<>(side.jdbc, name, Everything.class);
    }

    private void copy(List<Everything> rows) throws SQLException {
        var copies = new ArrayList<CopyRows>();
        table("copied").copy(copies, rows);
        copy(copies.getFirst());
    }

    private void copy(CopyRows rows) throws SQLException {
        try (var connection = side.dataSource.getConnection()) {
            rows.copyTo(connection);
        }
    }

    @Test
    void a_row_is_the_same_whether_it_was_copied_or_inserted() throws SQLException {
        var rows = rows();
        copy(rows);
        table("spelt").insert(rows, "");
        assertThat(written("copied")).hasSize(rows.size()).isEqualTo(written("spelt"));
    }

    @Test
    void many_rows_come_in_pieces() throws SQLException {
        var rows = new ArrayList<Everything>();
        Collections.nCopies(500, "x".repeat(1_000)).forEach(text -> rows.add(row(BigDecimal.TEN, text)));
        rows.add(row(BigDecimal.ONE, "y".repeat(500_000)));
        copy(rows);
        assertThat(side.jdbc
                        .sql("SELECT count(*) || ' ' || sum(length(text)) FROM copied")
                        .query(String.class)
                        .single())
                .isEqualTo("501 1000000");
    }

    @Test
    void what_the_database_cannot_hold_is_said_as_the_fault_of_the_data() {
        assertThatThrownBy(() -> copy(List.of(row(BigDecimal.ONE, "a\0b"))))
                .isInstanceOf(SQLException.class)
                .satisfies(
                        refused -> assertThat(Projector.isOfTheEvent(refused)).isTrue());
    }

    private record Long4(UUID id, long small) {}

    @Test
    void a_component_of_another_type_than_its_column_is_nobody_elses_fault() {
        var copies = new ArrayList<CopyRows>();
        new Table<>(side.jdbc, "copied", Long4.class).copy(copies, List.of(new Long4(UUID.randomUUID(), 1)));
        assertThatThrownBy(() -> copy(copies.getFirst()))
                .isInstanceOf(SQLException.class)
                .satisfies(
                        refused -> assertThat(Projector.isOfTheEvent(refused)).isFalse());
    }
}
