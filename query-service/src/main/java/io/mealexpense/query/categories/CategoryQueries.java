package io.mealexpense.query.categories;

import io.mealexpense.query.readmodel.ConsistentReads;
import io.mealexpense.query.readmodel.Moment;
import io.mealexpense.query.readmodel.Past;
import io.mealexpense.query.readmodel.Table;
import io.mealexpense.query.web.Owners;
import io.mealexpense.query.web.Where;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads of the categories. */
@Component
class CategoryQueries {

    private final JdbcClient jdbc;
    private final ConsistentReads reads;
    private final RowMapper<CategoryRow> rows;

    CategoryQueries(@Qualifier("queryJdbcClient") JdbcClient jdbc, ConsistentReads reads) {
        this.jdbc = jdbc;
        this.reads = reads;
        this.rows = new Table<>(jdbc, "category_item", CategoryRow.class).mapper("row");
    }

    /**
     * Categories by name, whatever its case.
     *
     * @param archived only those that are, or are not; absent for both
     */
    Categories list(Owners owners, @Nullable Boolean archived, Moment moment) {
        var where = new Where().owners(owners).and("archived = :archived", "archived", archived);
        return reads.read(
                CategoriesProjection.GROUP,
                owners.only(),
                moment,
                state -> new Categories(
                        jdbc
                                .sql("""
                                SELECT to_json(t) AS row FROM %s t
                                %s
                                 ORDER BY lower(name) COLLATE "C", category_id
                                """.formatted(state.table("category_item", Past::categories), where.sql()))
                                .params(where.parameters())
                                .query(rows)
                                .list()
                                .stream()
                                .map(row -> new Categories.Category(
                                        row.categoryId(),
                                        row.ownerId(),
                                        row.name(),
                                        row.colour(),
                                        row.icon(),
                                        row.archived(),
                                        row.sequence()))
                                .toList(),
                        state.asOf(),
                        state.incomplete()));
    }
}
