package io.mealexpense.query.categoryspend;

import static io.mealexpense.edge.security.Role.AUDITOR;
import static io.mealexpense.edge.security.Role.MEMBER;
import static io.mealexpense.events.ExpenseEvents.amendedTo;
import static io.mealexpense.events.ExpenseEvents.lunchRecorded;
import static org.assertj.core.api.Assertions.assertThat;

import io.mealexpense.events.CategoryAmended;
import io.mealexpense.events.CategoryArchived;
import io.mealexpense.events.CategoryCreated;
import io.mealexpense.events.MealExpenseDeleted;
import io.mealexpense.events.MealExpenseRestored;
import io.mealexpense.query.web.QueryServiceTest;
import java.time.LocalDate;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CategorySpendTest extends QueryServiceTest {

    private static final LocalDate SUNDAY = LocalDate.of(2026, 3, 15);
    private static final String EVER = "?from=2026-01-01&to=2026-12-31";

    private final UUID owner = UUID.randomUUID();
    private final String token = tokenOf(owner, MEMBER);
    private final UUID snacks = UUID.randomUUID();
    private final UUID drinks = UUID.randomUUID();
    private final UUID unheardOf = UUID.randomUUID();
    private final UUID lunch = UUID.randomUUID();
    private long position;

    @BeforeEach
    void meals_in_and_out_of_categories() {
        position = LOG.append(
                new CategoryCreated(snacks, owner, "snacks", "#BE185D", "cookie"),
                new CategoryCreated(drinks, owner, "Drinks", "#0E7490", "glass"),
                lunchRecorded(lunch, owner, "12.50", SUNDAY, snacks),
                lunchRecorded(UUID.randomUUID(), owner, "4.00", SUNDAY.plusDays(1), drinks),
                lunchRecorded(UUID.randomUUID(), owner, "1.00", SUNDAY.plusMonths(1), unheardOf),
                lunchRecorded(UUID.randomUUID(), owner, "2.00", SUNDAY, null));
    }

    private String categories(String query) {
        return seen("/api/v1/reports/categories" + query, token, position)
                .body()
                .replace(snacks.toString(), "<snacks>")
                .replace(drinks.toString(), "<drinks>")
                .replace(unheardOf.toString(), "<unheard>");
    }

    private static String row(String id, String name, String colour, String icon, String amount) {
        return "{\"categoryId\":%s,\"name\":%s,\"colour\":%s,\"icon\":%s,\"totals\":[{\"currency\":\"EUR\",\"amount\":\"%s\",\"count\":1}]}"
                .formatted(quoted(id), quoted(name), quoted(colour), quoted(icon), amount);
    }

    private static String quoted(String text) {
        return text.isEmpty() ? "null" : '"' + text + '"';
    }

    @Test
    void rows_are_in_the_order_of_names_and_the_uncategorised_come_last() {
        assertThat(categories(EVER))
                .isEqualTo("{\"categories\":["
                        + String.join(
                                ",",
                                row("<drinks>", "Drinks", "#0E7490", "glass", "4.00"),
                                row("<snacks>", "snacks", "#BE185D", "cookie", "12.50"),
                                row("<unheard>", "", "", "", "1.00"),
                                row("", "", "", "", "2.00"))
                        + "]}");
        assertThat(categories("?to=2026-03-15")).doesNotContain("<drinks>", "<unheard>");
    }

    @Test
    void a_renamed_and_archived_category_keeps_its_expenses() {
        position = LOG.append(
                new CategoryAmended(snacks, owner, "Snacks & Vending", "#BE185D", "cookie"),
                new CategoryArchived(snacks, owner));
        assertThat(categories(EVER)).contains(row("<snacks>", "Snacks & Vending", "#BE185D", "cookie", "12.50"));
    }

    @Test
    void recategorising_moves_the_whole_amount() {
        position = LOG.append(amendedTo(lunch, owner, "13.20", SUNDAY, drinks));
        assertThat(categories(EVER))
                .contains("{\"currency\":\"EUR\",\"amount\":\"17.20\",\"count\":2}")
                .doesNotContain("<snacks>");
        position = LOG.append(new MealExpenseDeleted(lunch, owner, null));
        assertThat(categories(EVER)).contains(row("<drinks>", "Drinks", "#0E7490", "glass", "4.00"));
        position = LOG.append(new MealExpenseRestored(lunch, owner, null));
        assertThat(categories(EVER)).contains("\"amount\":\"17.20\"");
    }

    @Test
    void spending_is_grouped_by_whatever_is_asked_in_the_order_asked() {
        var spending = seen(
                "/api/v1/reports/spending?groupBy=month,category&categoryId=none&categoryId=" + snacks,
                token,
                position);
        assertThat(spending.body())
                .isEqualTo(("{\"groupBy\":[\"month\",\"category\"],\"rows\":["
                                + "{\"key\":{\"month\":\"2026-03\",\"category\":\"%s\"},\"totals\":[{\"currency\":\"EUR\",\"amount\":\"12.50\",\"count\":1}]},"
                                + "{\"key\":{\"month\":\"2026-03\",\"category\":null},\"totals\":[{\"currency\":\"EUR\",\"amount\":\"2.00\",\"count\":1}]}]}")
                        .formatted(snacks));
        var weekdays = seen("/api/v1/reports/spending?groupBy=weekday,mealType&to=2026-03-31", token, position)
                .json()
                .get("rows");
        assertThat(weekdays.get(0).get("key").toString()).isEqualTo("{\"weekday\":\"monday\",\"mealType\":\"lunch\"}");
        assertThat(weekdays.get(1).get("key").get("weekday").asString()).isEqualTo("sunday");
        assertThat(weekdays.get(1).get("totals").toString()).contains("\"14.50\"");
        assertThat(seen("/api/v1/reports/spending?groupBy=day&mealType=dinner&currency=USD", token, position)
                        .body())
                .isEqualTo("{\"groupBy\":[\"day\"],\"rows\":[]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "spending | groupBy",
                "spending?groupBy= | groupBy",
                "spending?groupBy=year | groupBy",
                "spending?groupBy=month,month | groupBy",
                "spending?groupBy=month,,day | groupBy",
                "spending?groupBy=month&groupBy=day | groupBy",
                "spending?groupBy=month&currency=XXXX | currency",
                "categories?from=2026-03-02&to=2026-03-01 | from",
                "categories?from=2026-03 | from",
                "categories?categoryId=none | categoryId",
                "monthly?from=2026-03-01 | from",
                "monthly?from=2026-13 | from",
                "monthly?from=2026-03&to=2026-02 | from",
                "monthly?asOf=2026-03-01 | asOf"
            })
    void what_cannot_be_is_refused_by_name(String query, String fields) {
        assertThat(get("/api/v1/reports/" + query, token).problem()).isEqualTo("400 validation " + fields);
    }

    @Test
    void the_monthly_report_is_by_default_the_last_twelve_months() {
        assertThat(seen("/api/v1/reports/monthly?from=2026-03&to=2026-04", token, position)
                        .body())
                .isEqualTo(
                        "{\"months\":[{\"month\":\"2026-03\",\"totals\":[{\"currency\":\"EUR\",\"amount\":\"18.50\",\"count\":3}]},"
                                + "{\"month\":\"2026-04\",\"totals\":[{\"currency\":\"EUR\",\"amount\":\"1.00\",\"count\":1}]}]}");
        assertThat(seen("/api/v1/reports/monthly", token, position).status()).isEqualTo(200);
    }

    @Test
    void categories_are_listed_by_name_with_their_version() {
        position = LOG.append(new CategoryArchived(snacks, owner));
        assertThat(seen("/api/v1/categories", token, position).body())
                .isEqualTo(
                        "{\"items\":[{\"id\":\"%s\",\"ownerId\":\"%s\",\"name\":\"Drinks\",\"colour\":\"#0E7490\",\"icon\":\"glass\",\"archived\":false,\"version\":0}]}"
                                .formatted(drinks, owner));
        var all = seen("/api/v1/categories?state=all", token, position).json().get("items");
        assertThat(all.values().stream().map(category -> category.get("name").asString()))
                .containsExactly("Drinks", "snacks");
        assertThat(all.get(1).get("version").asLong()).isEqualTo(1);
        assertThat(seen("/api/v1/categories?state=archived", token, position).body())
                .contains("snacks")
                .doesNotContain("Drinks");
        assertThat(get("/api/v1/categories?state=none", token).problem()).isEqualTo("400 validation state");
        assertThat(seen("/api/v1/categories?ownerId=" + owner, tokenOf(UUID.randomUUID(), AUDITOR), position)
                        .json()
                        .get("items")
                        .size())
                .isEqualTo(1);
    }
}
