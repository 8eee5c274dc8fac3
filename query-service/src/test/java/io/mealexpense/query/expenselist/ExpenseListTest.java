package io.mealexpense.query.expenselist;

import static io.mealexpense.edge.security.Role.AUDITOR;
import static io.mealexpense.edge.security.Role.MEMBER;
import static org.assertj.core.api.Assertions.assertThat;

import io.mealexpense.events.CategoryCreated;
import io.mealexpense.events.MealExpenseAmended;
import io.mealexpense.events.MealExpenseDeleted;
import io.mealexpense.events.MealExpenseRecorded;
import io.mealexpense.events.MealExpenseRestored;
import io.mealexpense.query.web.QueryServiceTest;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpenseListTest extends QueryServiceTest {

    private final UUID owner = UUID.randomUUID();
    private final String token = tokenOf(owner, MEMBER);
    private final UUID restaurants = UUID.randomUUID();
    private final UUID restaurant = UUID.randomUUID();
    private final UUID coffee = UUID.randomUUID();
    private final UUID lunch = UUID.randomUUID();
    private final UUID dinner = UUID.randomUUID();
    private final UUID refund = UUID.randomUUID();
    private final UUID mistake = UUID.randomUUID();
    private long position;

    @BeforeEach
    void a_week_of_meals() {
        position = LOG.append(
                new CategoryCreated(restaurants, owner, "Restaurants, abroad", "#C2410C", "soup"),
                recorded(
                        coffee,
                        "2026-03-14",
                        "3.00",
                        "EUR",
                        "breakfast",
                        "takeout",
                        null,
                        "Café Zoë",
                        List.of("client")),
                recorded(
                        lunch,
                        "2026-03-15",
                        "12.50",
                        "EUR",
                        "lunch",
                        "dine-in",
                        restaurants,
                        "corner deli",
                        List.of("client", "spring")),
                recorded(dinner, "2026-03-15", "4200", "JPY", "dinner", null, restaurants, null, List.of()),
                recorded(refund, "2026-04-01", "-2.25", "EUR", "lunch", null, null, "=Corner Deli", List.of()),
                recorded(mistake, "2026-03-20", "99.00", "EUR", "other", null, null, "Corner Deli", List.of()),
                new MealExpenseDeleted(mistake, owner, "Entered twice"));
    }

    private MealExpenseRecorded recorded(
            UUID id,
            String day,
            String amount,
            String currency,
            String meal,
            @Nullable String order,
            @Nullable UUID category,
            @Nullable String place,
            List<String> tags) {
        var full = id.equals(lunch);
        return new MealExpenseRecorded(
                id,
                owner,
                null,
                LocalDate.parse(day),
                full ? LocalTime.of(12, 30) : null,
                full ? "Europe/Berlin" : null,
                new BigDecimal(amount),
                currency,
                full ? new BigDecimal("0.82") : null,
                full ? new BigDecimal("1.00") : null,
                meal,
                order,
                full ? 2 : null,
                category,
                full ? restaurant : null,
                place,
                tags,
                full ? "Quarterly planning" : null,
                full ? List.of("Bob", "Zoë") : List.of(),
                full ? "50% off, window_table" : null);
    }

    private List<String> names(String query) {
        var answer = seen("/api/v1/expenses" + query, token, position);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().get("items").values().stream()
                .map(item -> nameOf(UUID.fromString(item.get("id").asString())))
                .toList();
    }

    private String nameOf(UUID id) {
        return id.equals(coffee)
                ? "coffee"
                : id.equals(lunch) ? "lunch" : id.equals(dinner) ? "dinner" : id.equals(refund) ? "refund" : "mistake";
    }

    private String totals(String query) {
        return seen("/api/v1/expenses" + query, token, position)
                .json()
                .get("totals")
                .toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "?from=2026-03-15&to=2026-03-31 | lunch dinner",
                "?from=2026-03-15&to=2026-03-15&currency=JPY | dinner",
                "?currency=JPY&currency=EUR&mealType=lunch&mealType=dinner | refund lunch dinner",
                "?orderType=takeout&orderType=dine-in | lunch coffee",
                "?tag=client | lunch coffee",
                "?tag=client&tag=spring | lunch",
                "?tag=Client | ''",
                "?categoryId=none | refund coffee",
                "?categoryId={category} | lunch dinner",
                "?categoryId=none&categoryId={category} | refund lunch dinner coffee",
                "?restaurantId={restaurant} | lunch",
                "?minAmount=3&maxAmount=12.50 | lunch coffee",
                "?maxAmount=0 | refund",
                "?q=CAFE%20zoe | coffee",
                "?q=deli | refund lunch",
                "?q=PLANNING%20corner | lunch",
                "?q=50%25 | lunch",
                "?q=window_t | lunch",
                "?q=%25%25 | ''",
                "?q=%5C | ''",
                "?state=deleted | mistake",
                "?state=deleted&categoryId=none&from=2026-03-20 | mistake",
                "?sort=amount&currency=EUR | refund coffee lunch",
                "?sort=-amount&currency=EUR | lunch coffee refund"
            })
    void a_filter_finds_what_it_says(String query, String found) {
        var expected = found.equals("''") || found.isEmpty() ? List.<String>of() : List.of(found.split(" "));
        // two on the same day are in the order of their ids, which are random here
        assertThat(names(query.replace("{category}", restaurants.toString())
                        .replace("{restaurant}", restaurant.toString())))
                .hasSameElementsAs(expected)
                .hasSameSizeAs(expected);
    }

    @Test
    void sorts_put_them_in_order_and_places_without_a_name_last() {
        assertThat(names("")).startsWith("refund").endsWith("coffee");
        assertThat(names("?sort=spentOn")).startsWith("coffee").endsWith("refund");
        assertThat(names("?sort=place")).containsExactly("refund", "coffee", "lunch", "dinner");
        assertThat(names("?sort=amount&currency=EUR")).containsExactly("refund", "coffee", "lunch");
        assertThat(names("?sort=-amount&currency=EUR")).containsExactly("lunch", "coffee", "refund");
    }

    @ParameterizedTest
    @CsvSource({"-spentOn", "spentOn", "place", "amount&currency=EUR", "-amount&currency=EUR"})
    void pages_put_together_are_the_whole_list_whatever_the_sort(String sort) {
        var whole = names("?sort=" + sort);
        var pages = new ArrayList<String>();
        var cursor = "";
        do {
            var answer = seen("/api/v1/expenses?limit=1&sort=" + sort + cursor, token, position)
                    .json();
            assertThat(answer.get("totals").toString()).contains("\"13.25\"");
            answer.get("items")
                    .forEach(item ->
                            pages.add(nameOf(UUID.fromString(item.get("id").asString()))));
            cursor = answer.has("nextCursor")
                    ? "&cursor=" + answer.get("nextCursor").asString()
                    : "";
        } while (!cursor.isEmpty());
        assertThat(pages).isEqualTo(whole);
    }

    @Test
    void totals_are_of_the_whole_filter_from_the_totals_table_or_from_the_rows() {
        assertThat(totals("?limit=1"))
                .isEqualTo(
                        "[{\"currency\":\"EUR\",\"amount\":\"13.25\",\"count\":3},{\"currency\":\"JPY\",\"amount\":\"4200\",\"count\":1}]");
        assertThat(totals("?q=deli")).isEqualTo("[{\"currency\":\"EUR\",\"amount\":\"10.25\",\"count\":2}]");
        assertThat(totals("?mealType=lunch")).isEqualTo(totals("?q=deli"));
        assertThat(totals("?state=deleted")).isEqualTo("[{\"currency\":\"EUR\",\"amount\":\"99.00\",\"count\":1}]");
        assertThat(totals("?from=2027-01-01")).isEqualTo("[]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?from=2026-03-15",
                "?to=2026-03-14",
                "?from=2026-03-01&to=2026-03-31",
                "?from=2026-03-15&to=2026-04-01",
                "?from=2026-02-10&to=2026-04-30&mealType=lunch",
                "?from=2026-01-01&to=2026-12-31&currency=EUR",
                "?categoryId=none",
                "?categoryId=none&to=2026-03-31",
            })
    void totals_of_months_and_days_are_those_of_the_rows(String query) {
        assertThat(totals(query)).isNotEqualTo("[]").isEqualTo(totals(query + "&minAmount=-1000000"));
    }

    @Test
    void an_item_carries_what_was_given_and_leaves_out_the_rest() {
        var item = seen("/api/v1/expenses/" + lunch, token, position);
        assertThat(item.header("ETag")).isEqualTo("\"0\"");
        assertThat(item.header("Cache-Control")).isEqualTo("no-store");
        assertThat(item.header("Content-Length"))
                .as("sent in one piece")
                .isEqualTo(Integer.toString(item.body().getBytes(StandardCharsets.UTF_8).length));
        assertThat(item.json().propertyNames())
                .containsExactly(
                        "id",
                        "ownerId",
                        "spentOn",
                        "spentAt",
                        "zone",
                        "amount",
                        "currency",
                        "tax",
                        "tip",
                        "mealType",
                        "orderType",
                        "partySize",
                        "categoryId",
                        "restaurantId",
                        "place",
                        "tags",
                        "purpose",
                        "attendees",
                        "notes",
                        "version",
                        "recordedAt",
                        "receipts");
        assertThat(item.body())
                .contains(
                        "\"spentOn\":\"2026-03-15\"",
                        "\"spentAt\":\"12:30\"",
                        "\"amount\":\"12.50\"",
                        "\"tax\":\"0.82\"",
                        "\"partySize\":2",
                        "\"tags\":[\"client\",\"spring\"]",
                        "\"attendees\":[\"Bob\",\"Zoë\"]",
                        "\"version\":0",
                        "\"receipts\":[]");
        var bare = seen("/api/v1/expenses/" + dinner, token, position);
        assertThat(bare.json().propertyNames())
                .containsExactly(
                        "id",
                        "ownerId",
                        "spentOn",
                        "amount",
                        "currency",
                        "mealType",
                        "categoryId",
                        "tags",
                        "attendees",
                        "version",
                        "recordedAt",
                        "receipts");
        assertThat(bare.body()).contains("\"amount\":\"4200\"");
    }

    @Test
    void the_deleted_is_gone_with_its_version_until_it_is_restored() {
        var gone = seen("/api/v1/expenses/" + mistake, token, position);
        assertThat(gone.problem()).isEqualTo("410 gone");
        assertThat(gone.header("ETag")).isEqualTo("\"1\"");
        assertThat(ask("HEAD", "/api/v1/expenses/" + mistake, token).status()).isEqualTo(410);
        var back = LOG.append(new MealExpenseRestored(mistake, owner, null));
        var restored = seen("/api/v1/expenses/" + mistake, token, back);
        assertThat(restored.header("ETag")).isEqualTo("\"2\"");
        assertThat(restored.json().has("deletedAt")).isFalse();
        assertThat(restored.json().get("amount").asString()).isEqualTo("99.00");
    }

    @Test
    void an_amendment_is_seen_at_once_by_whoever_sends_its_token() {
        var amended = LOG.append(new MealExpenseAmended(
                coffee,
                owner,
                LocalDate.of(2026, 3, 14),
                null,
                null,
                new BigDecimal("3.50"),
                "EUR",
                null,
                null,
                "breakfast",
                null,
                null,
                null,
                null,
                null,
                List.of(),
                null,
                List.of(),
                null,
                "Wrong receipt"));
        var item = seen("/api/v1/expenses/" + coffee, token, amended).json();
        assertThat(item.get("amount").asString()).isEqualTo("3.50");
        assertThat(item.has("place")).isFalse();
        assertThat(item.has("amendedAt")).isTrue();
        assertThat(seen("/api/v1/tags", token, amended).body())
                .isEqualTo("{\"items\":[{\"name\":\"client\",\"count\":1},{\"name\":\"spring\",\"count\":1}]}");
    }

    @Test
    void a_write_that_is_not_there_yet_is_waited_for_and_then_refused() {
        var behind = seen("/api/v1/expenses", token, position + 1_000_000);
        assertThat(behind.problem()).isEqualTo("503 projection-behind");
        assertThat(behind.header("Retry-After")).isEqualTo("1");
        assertThat(get("/api/v1/expenses", token, "Consistency-Token", "nonsense")
                        .problem())
                .isEqualTo("400 validation Consistency-Token");
        var both = io.mealexpense.edge.version.ConsistencyToken.of(1)
                + ", "
                + io.mealexpense.edge.version.ConsistencyToken.of(position);
        assertThat(get("/api/v1/expenses", token, "Consistency-Token", both).status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "?asOf=2026-01-01 | asOf",
                "?limit=0 | limit",
                "?limit=201 | limit",
                "?limit=ten | limit",
                "?from=2026-02-30 | from",
                "?from=2026-1-1 | from",
                "?from=2026-03-02&to=2026-03-01 | from",
                "?from=2026-03-02&from=2026-03-03 | from",
                "?q= | q",
                "?q=a&q=b | q",
                "?q=%20 | q",
                "?categoryId=nothing | categoryId",
                "?categoryId=1-1-1-1-1 | categoryId",
                "?mealType=elevenses | mealType",
                "?mealType=LUNCH | mealType",
                "?orderType=flown | orderType",
                "?minAmount=1E%2B100000000 | minAmount",
                "?minAmount=5&maxAmount=4 | minAmount",
                "?currency=EURO | currency",
                "?currency=eur | currency",
                "?state=all | state",
                "?sort=notes | sort",
                "?sort=amount | sort",
                "?sort=amount&currency=EUR&currency=USD | sort",
                "?cursor=abc | cursor",
                "?ownerId=me | ownerId",
                "?format=csv | format",
                "?page=2&limit=0&from=x | page from",
                "/0199a000-0000-7000-8000-000000000001?asOf=now | asOf",
                "/not-an-id | id"
            })
    void what_cannot_be_is_refused_by_name(String query, String fields) {
        assertThat(get("/api/v1/expenses" + query, token).problem()).isEqualTo("400 validation " + fields);
    }

    @ParameterizedTest
    @CsvSource({
        "ten, is not a whole number",
        "1.5, is not a whole number",
        "2147483648, is out of range",
        "-99999999999999999999, is out of range",
        "2147483647, must be at most 200"
    })
    void a_limit_that_cannot_be_is_told_why(String limit, String why) {
        var problem = get("/api/v1/expenses?limit=" + limit, token);

        assertThat(problem.status()).isEqualTo(400);
        assertThat(problem.json().get("errors").toString())
                .isEqualTo("[{\"field\":\"limit\",\"message\":\"%s\"}]".formatted(why));
    }

    @Test
    void a_cursor_continues_only_the_list_it_came_from() {
        var cursor = seen("/api/v1/expenses?limit=1", token, position)
                .json()
                .get("nextCursor")
                .asString();
        assertThat(get("/api/v1/expenses?limit=2&cursor=" + cursor, token).status())
                .isEqualTo(200);
        for (var other : List.of("&sort=spentOn", "&from=2026-01-01", "&state=deleted")) {
            assertThat(get("/api/v1/expenses?cursor=" + cursor + other, token).problem())
                    .isEqualTo("400 validation cursor");
        }
        assertThat(get("/api/v1/expenses?cursor=" + cursor, tokenOf(UUID.randomUUID(), MEMBER))
                        .problem())
                .isEqualTo("400 validation cursor");
    }

    @Test
    void a_cursor_made_by_hand_is_refused_rather_than_asked() {
        var cursor = new String(Base64.getUrlDecoder()
                .decode(seen("/api/v1/expenses?limit=1", token, position)
                        .json()
                        .get("nextCursor")
                        .asString()));
        for (var forged : List.of(
                cursor.replaceFirst("\\d{4}-\\d{2}-\\d{2}", "2026-02-31"),
                cursor.replaceFirst("\\d{4}-\\d{2}-\\d{2}", "\\\\u0000"),
                cursor.replaceFirst("[0-9a-f]{8}-", "x"),
                "[[\"a\"],null]",
                "[[null],[\"a\",\"b\"]]",
                "{}",
                "null")) {
            assertThat(get(
                                    "/api/v1/expenses?cursor="
                                            + Base64.getUrlEncoder()
                                                    .withoutPadding()
                                                    .encodeToString(forged.getBytes(StandardCharsets.UTF_8)),
                                    token)
                            .problem())
                    .as(forged)
                    .isEqualTo("400 validation cursor");
        }
    }

    @Test
    void an_export_holds_the_filter_line_by_line_and_no_formula() {
        var export = seen("/api/v1/expenses/export?format=csv&sort=spentOn&currency=EUR", token, position);
        assertThat(export.header("Content-Type")).isEqualToIgnoringCase("text/csv;charset=utf-8");
        assertThat(export.header("Content-Disposition")).isEqualTo("attachment; filename=\"meal-expenses.csv\"");
        assertThat(export.body().split("\r\n"))
                .containsExactly(
                        "date,time,zone,amount,currency,tax,tip,meal_type,order_type,party_size,category_name,place,"
                                + "tags,purpose,attendees,notes,id",
                        "2026-03-14,,,3.00,EUR,,,breakfast,takeout,,,Café Zoë,client,,,," + coffee,
                        "2026-03-15,12:30,Europe/Berlin,12.50,EUR,0.82,1.00,lunch,dine-in,2,\"Restaurants, abroad\","
                                + "corner deli,client; spring,Quarterly planning,Bob; Zoë,\"50% off, window_table\","
                                + lunch,
                        "2026-04-01,,,-2.25,EUR,,,lunch,,,,'=Corner Deli,,,,," + refund);
        assertThat(get("/api/v1/expenses/export?cursor=x", token).problem()).isEqualTo("400 validation cursor");
        assertThat(get("/api/v1/expenses/export?format=xlsx", token).problem()).isEqualTo("400 validation format");
        var head = ask("HEAD", "/api/v1/expenses/export", token);
        assertThat(head.status() + head.body()).isEqualTo("200");
    }

    @Test
    void places_are_offered_most_recent_first_with_what_was_usual_there() {
        var places = seen("/api/v1/places", token, position).json().get("items");
        assertThat(places.values().stream().map(place -> place.get("place").asString()))
                .containsExactly("=Corner Deli", "corner deli", "Café Zoë");
        assertThat(places.get(1).toString())
                .isEqualTo(
                        "{\"place\":\"corner deli\",\"categoryId\":\"%s\",\"mealType\":\"lunch\",\"currency\":\"EUR\",\"count\":1,\"lastSpentOn\":\"2026-03-15\"}"
                                .formatted(restaurants));
        assertThat(seen(
                                "/api/v1/places?limit=1&q=" + URLEncoder.encode("cafe zoë", StandardCharsets.UTF_8),
                                token,
                                position)
                        .body())
                .contains("Café Zoë")
                .doesNotContain("corner");
    }

    @Test
    void an_auditor_finds_one_owners_expenses_among_everybodys() {
        var auditor = tokenOf(UUID.randomUUID(), AUDITOR);
        assertThat(seen("/api/v1/expenses?ownerId=" + owner, auditor, position)
                        .json()
                        .get("items")
                        .size())
                .isEqualTo(4);
        assertThat(seen("/api/v1/expenses?ownerId=" + owner, auditor, position)
                        .json()
                        .get("totals"))
                .isEqualTo(seen("/api/v1/expenses", token, position).json().get("totals"));
    }

    @Test
    void other_methods_are_not_offered_here() {
        var refused = ask("POST", "/api/v1/expenses", token);
        assertThat(refused.problem()).isEqualTo("405 method-not-allowed");
        assertThat(refused.header("Allow")).contains("GET");
        assertThat(get("/api/v1/nothing", token).problem()).isEqualTo("404 not-found");
    }
}
