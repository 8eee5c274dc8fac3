package io.mealexpense.query.audittrail;

import static io.mealexpense.edge.security.Role.ADMIN;
import static io.mealexpense.edge.security.Role.AUDITOR;
import static io.mealexpense.edge.security.Role.MEMBER;
import static io.mealexpense.events.ExpenseEvents.lunchRecorded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mealexpense.events.DeadLetterRetried;
import io.mealexpense.events.ExpenseEvents;
import io.mealexpense.events.MealExpenseAmended;
import io.mealexpense.events.MealExpenseDeleted;
import io.mealexpense.events.MealExpenseRecorded;
import io.mealexpense.events.MealExpenseRestored;
import io.mealexpense.events.ProjectionNames;
import io.mealexpense.events.ProjectionRebuildCancelled;
import io.mealexpense.events.ProjectionRebuildRequested;
import io.mealexpense.events.RoleGranted;
import io.mealexpense.events.StoredEvent;
import io.mealexpense.postgres.Role;
import io.mealexpense.query.web.QueryServiceTest;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class AuditTrailTest extends QueryServiceTest {

    private final UUID owner = UUID.randomUUID();
    private final UUID expense = UUID.randomUUID();
    private final String auditor = tokenOf(UUID.randomUUID(), AUDITOR);
    private long position;

    @BeforeEach
    void a_lunch_with_a_past() {
        position = LOG.append(
                new MealExpenseRecorded(
                        expense,
                        owner,
                        null,
                        LocalDate.of(2026, 3, 15),
                        null,
                        null,
                        new BigDecimal("12.50"),
                        "EUR",
                        null,
                        null,
                        "lunch",
                        null,
                        2,
                        null,
                        null,
                        "Corner Deli",
                        List.of("client"),
                        null,
                        List.of(),
                        null),
                new MealExpenseAmended(
                        expense,
                        owner,
                        LocalDate.of(2026, 4, 2),
                        null,
                        null,
                        new BigDecimal("13.20"),
                        "EUR",
                        null,
                        null,
                        "lunch",
                        null,
                        3,
                        null,
                        null,
                        null,
                        List.of("client", "spring"),
                        null,
                        List.of(),
                        "by the tip",
                        "Forgot the tip"),
                new MealExpenseDeleted(expense, owner, "Entered twice"),
                new MealExpenseRestored(expense, owner, null));
    }

    @Test
    void the_history_tells_who_changed_what_and_why_after_deletion_too() {
        var history = seen("/api/v1/expenses/" + expense + "/history", tokenOf(owner, MEMBER), position)
                .json()
                .get("items");
        assertThat(history.values().stream().map(entry -> entry.get("event").asString()))
                .containsExactly(
                        "MealExpenseRecorded", "MealExpenseAmended", "MealExpenseDeleted", "MealExpenseRestored");
        assertThat(history.get(0).propertyNames())
                .containsExactly("event", "revision", "version", "position", "at", "actor", "client", "changes");
        assertThat(changes(history.get(0)))
                .isEqualTo("spentOn→\"2026-03-15\" amount→\"12.50\" currency→\"EUR\" mealType→\"lunch\" partySize→2"
                        + " place→\"Corner Deli\" tags→[\"client\"]");
        assertThat(changes(history.get(1)))
                .isEqualTo("spentOn:\"2026-03-15\"→\"2026-04-02\" amount:\"12.50\"→\"13.20\" partySize:2→3"
                        + " place:\"Corner Deli\" tags:[\"client\"]→[\"client\",\"spring\"]"
                        + " notes→\"by the tip\"");
        assertThat(history.get(1).get("reason").asString()).isEqualTo("Forgot the tip");
        assertThat(history.get(1).get("actor").toString()).isEqualTo("{\"id\":\"" + ExpenseEvents.ALICE + "\"}");
        assertThat(history.get(2).get("version").asLong()).isEqualTo(2);
        assertThat(history.get(2).get("changes").isEmpty()).isTrue();
        assertThat(history.get(3).get("position").asLong()).isEqualTo(position);
    }

    private static String changes(JsonNode entry) {
        return entry.get("changes").values().stream()
                .map(change -> change.get("field").asString()
                        + (change.has("from") ? ":" + change.get("from") : "")
                        + (change.has("to") ? "→" + change.get("to") : ""))
                .collect(Collectors.joining(" "));
    }

    private JsonNode events(String query) {
        var answer = seen("/api/v1/audit/events?" + query, auditor, position);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    @Test
    void the_trail_is_newest_first_and_carries_everything_the_log_knows() {
        var items = events("subjectId=" + expense).get("items");
        assertThat(items.values().stream().map(event -> event.get("sequence").asLong()))
                .containsExactly(3L, 2L, 1L, 0L);
        var amended = items.get(2);
        assertThat(amended.propertyNames())
                .containsExactly(
                        "position",
                        "eventId",
                        "aggregateType",
                        "aggregateId",
                        "sequence",
                        "event",
                        "revision",
                        "at",
                        "ownerId",
                        "actor",
                        "client",
                        "requestId",
                        "reason",
                        "payload",
                        "metadata",
                        "stored");
        assertThat(amended.get("payload").get("amount").asString()).isEqualTo("13.20");
        assertThat(amended.get("metadata").get("correlationId").asString()).isEqualTo("c");
        assertThat(amended.get("actor").toString())
                .isEqualTo("{\"id\":\"%s\",\"roles\":[\"MEMBER\"]}".formatted(ExpenseEvents.ALICE));
        assertThat(amended.get("aggregateType").asString()).isEqualTo("MealExpense");
    }

    @Test
    void the_trail_is_paged_and_filtered() {
        var first = events("limit=3&subjectId=" + expense);
        assertThat(first.get("items").size()).isEqualTo(3);
        var second = events("limit=3&subjectId=" + expense + "&cursor="
                + first.get("nextCursor").asString());
        assertThat(second.get("items").size()).isEqualTo(1);
        assertThat(second.has("nextCursor")).isFalse();
        assertThat(events("ownerId=" + owner + "&type=MealExpenseDeleted&type=MealExpenseRestored")
                        .get("items")
                        .size())
                .isEqualTo(2);
        assertThat(events("requestId=request-1&ownerId=" + owner).get("items").size())
                .isEqualTo(4);
        assertThat(events("actorId=" + ExpenseEvents.ALICE + "&ownerId=" + owner)
                        .get("items")
                        .size())
                .isEqualTo(4);
        assertThat(events("to=2001-01-01T00:00:00Z").get("items").size()).isZero();
        assertThat(events("from=2001-01-01T00:00:00Z&ownerId=" + owner)
                        .get("items")
                        .size())
                .isEqualTo(4);
        assertThat(events("correlationId=c&ownerId=" + owner).get("items").size())
                .isEqualTo(4);
        assertThat(events("correlationId=d&ownerId=" + owner).get("items").size())
                .isZero();
        assertThat(events("subjectId=" + expense + "&subjectId=" + UUID.randomUUID())
                        .get("items")
                        .size())
                .isEqualTo(4);
        position = LOG.append(new RoleGranted(owner, "AUDITOR"));
        assertThat(events("ownerId=" + owner + "&type=RoleGranted").get("items").size())
                .isEqualTo(1);
    }

    /** An event as no present code writes it, with the spaces of whoever did. */
    private UUID amendedLongAgo() throws SQLException {
        var id = UUID.randomUUID();
        position = LOG.append(lunchRecorded(id, owner, "12.50", LocalDate.of(2026, 3, 15), null));
        position = LOG.appendRaw("MealExpense", id, 1, "MealExpenseDeleted", """
                { "ownerId" : "%s",  "mealExpenseId":"%s", "reason" : "=1+1" }""".formatted(owner, id), """
                {"requestId": "-request", "actorId" : "%s"}""".formatted(
                        ExpenseEvents.ALICE));
        return id;
    }

    @Test
    void an_event_is_shown_exactly_as_it_is_stored() throws SQLException {
        var id = amendedLongAgo();

        var deleted =
                events("type=MealExpenseDeleted&subjectId=" + id).get("items").get(0);

        assertThat(deleted.get("stored").get("payload").asString())
                .isEqualTo("{ \"ownerId\" : \"%s\",  \"mealExpenseId\":\"%s\", \"reason\" : \"=1+1\" }"
                        .formatted(owner, id));
        assertThat(deleted.get("stored").get("metadata").asString())
                .isEqualTo("{\"requestId\": \"-request\", \"actorId\" : \"%s\"}".formatted(ExpenseEvents.ALICE));
        assertThat(deleted.get("stored").get("revision").asString()).isEqualTo("1");
        assertThat(deleted.get("payload").toString()).startsWith("{\"mealExpenseId\":");
    }

    @Test
    void the_kind_of_device_is_told_where_it_was_recorded() throws SQLException {
        var id = UUID.randomUUID();
        LOG.append(lunchRecorded(id, owner, "12.50", LocalDate.of(2026, 3, 15), null));
        position = LOG.appendRaw("MealExpense", id, 1, "MealExpenseDeleted", """
                {"mealExpenseId":"%s","ownerId":"%s"}""".formatted(id, owner), """
                {"actorId":"%s","client":"web","device":"phone"}""".formatted(
                        ExpenseEvents.ALICE));

        var history = seen("/api/v1/expenses/" + id + "/history", tokenOf(owner, MEMBER), position)
                .json()
                .get("items");
        assertThat(history.get(0).has("device")).isFalse();
        assertThat(history.get(1).get("device").asString()).isEqualTo("phone");

        var events = events("subjectId=" + id).get("items");
        assertThat(events.get(0).get("device").asString()).isEqualTo("phone");
        assertThat(events.get(1).has("device")).isFalse();
        assertThat(export("format=csv&subjectId=" + id, "text/csv"))
                .satisfiesExactly(
                        header -> assertThat(header).contains(",client,device,request_id,"),
                        recorded -> assertThat(recorded).contains(",MEMBER,web,,request-1,"),
                        deleted -> assertThat(deleted).contains(",,web,phone,,"));
    }

    /** Does to two rows of the trail what the owner of the database can, and takes it back. */
    private void tampered(long changed, long deleted, Runnable test) throws SQLException {
        try (var connection = DATABASE.connect(Role.MIGRATOR);
                var hand = connection.createStatement()) {
            hand.execute("SET ROLE meals_owner");
            String trail;
            try (var row = hand.executeQuery(
                    "SELECT schema || '.audit_trail_entry' FROM read_model.projection_token WHERE projection = 'audit-trail'")) {
                row.next();
                trail = row.getString(1);
            }
            var both = " WHERE position IN (%d, %d)".formatted(changed, deleted);
            hand.execute("CREATE TEMP TABLE kept AS SELECT * FROM " + trail + both);
            hand.execute("UPDATE " + trail + " SET actor_id = 'system', at = at - interval '3 days', payload = '{}',"
                    + " reason = 'none' WHERE position = " + changed);
            hand.execute("DELETE FROM " + trail + " WHERE position = " + deleted);
            try {
                test.run();
            } finally {
                hand.execute("DELETE FROM " + trail + both);
                hand.execute("INSERT INTO " + trail + " SELECT * FROM kept");
            }
        }
    }

    private List<JsonNode> newest(String query) {
        return events(query).get("items").values().stream()
                .filter(event -> event.get("aggregateId").asString().equals(expense.toString()))
                .toList();
    }

    @Test
    void what_is_shown_is_what_the_log_says_whatever_became_of_the_trail() throws SQLException {
        var before = newest("limit=50");
        assertThat(before).hasSize(4).noneMatch(event -> event.has("deviation"));

        tampered(position - 2, position - 1, () -> {
            var after = newest("limit=50");
            assertThat(after.get(1).get("deviation").asString()).isEqualTo("missing");
            assertThat(after.get(2).get("deviation").asString()).isEqualTo("differs");
            assertThat(after).map(AuditTrailTest::withoutDeviation).isEqualTo(before);
            assertThat(export("", "application/x-ndjson"))
                    .anyMatch(line -> line.startsWith("{\"position\":" + (position - 1) + ",")
                            && line.endsWith("\"deviation\":\"missing\"}"));
            assertThat(events("subjectId=" + expense).get("items").values())
                    .extracting(event -> event.get("position").asLong())
                    .containsExactly(position, position - 2, position - 3);
        });
    }

    private static JsonNode withoutDeviation(JsonNode event) {
        return ((ObjectNode) event.deepCopy()).without("deviation");
    }

    private List<String> export(String query, String type) {
        var answer = seen("/api/v1/audit/events/export?" + query, auditor, position);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo(type + ";charset=utf-8");
        return answer.body().lines().toList();
    }

    @Test
    void a_filter_is_exported_as_lines_oldest_first_each_like_the_explorers() {
        var lines = export("subjectId=" + expense, "application/x-ndjson");

        var pages = events("subjectId=" + expense).get("items").values().stream()
                .map(JsonNode::toString)
                .toList()
                .reversed();
        assertThat(lines).isEqualTo(pages).hasSize(4);
    }

    @Test
    void a_csv_of_it_never_becomes_a_formula() throws SQLException {
        var id = amendedLongAgo();

        var lines = export("format=csv&type=MealExpenseDeleted&subjectId=" + id, "text/csv");

        assertThat(lines.getFirst())
                .isEqualTo("position,at,event,revision,aggregate_type,aggregate_id,sequence,event_id,owner_id,actor_id,"
                        + "actor_roles,client,device,request_id,command_id,reason,payload,metadata,deviation");
        assertThat(lines).hasSize(2);
        assertThat(lines.get(1))
                .startsWith(position + ",")
                .contains(
                        ",MealExpenseDeleted,1,MealExpense," + id + ",1,", ",'-request,,'=1+1,\"{ \"\"ownerId\"\" : ");
    }

    @Test
    void a_long_export_is_whole_and_in_order() {
        var other = UUID.randomUUID();
        for (var i = 0; i < 11; i++) {
            position = LOG.append(IntStream.range(0, 200)
                    .mapToObj(it -> (StoredEvent)
                            lunchRecorded(UUID.randomUUID(), other, "1.00", LocalDate.of(2026, 3, 15), null))
                    .toList());
        }
        await().untilAsserted(() -> assertThat(
                        seen("/api/v1/audit/events?limit=1", auditor, position).status())
                .isEqualTo(200));

        var positions = export("ownerId=" + other, "application/x-ndjson").stream()
                .map(line -> Long.parseLong(line.replaceAll("^\\{\"position\":(\\d+).*", "$1")))
                .toList();

        assertThat(positions).hasSize(2_200).isSorted().doesNotHaveDuplicates().endsWith(position);
    }

    @Test
    void an_operators_acts_are_told_with_their_reason_and_are_nobodys_own() {
        var rebuild = UUID.randomUUID();
        var letter = UUID.randomUUID();
        position = LOG.append(
                new ProjectionRebuildRequested(rebuild, List.of("monthly-report"), "A total looked wrong"),
                new ProjectionRebuildCancelled(rebuild, "Not today"),
                new DeadLetterRetried(letter, "expense-list", expense, "Fixed by now"));

        var acts = events("subjectId=" + rebuild).get("items");
        assertThat(acts.values().stream()
                        .map(act -> act.get("event").asString() + ": "
                                + act.get("reason").asString()))
                .containsExactly(
                        "ProjectionRebuildCancelled: Not today", "ProjectionRebuildRequested: A total looked wrong");
        assertThat(acts.get(1).get("payload").get("projections").toString()).isEqualTo("[\"monthly-report\"]");
        var retried = events("type=DeadLetterRetried&subjectId=" + letter)
                .get("items")
                .get(0);
        assertThat(retried.has("ownerId")).isFalse();
        assertThat(retried.get("aggregateType").asString()).isEqualTo("DeadLetter");
    }

    @ParameterizedTest
    @CsvSource({
        "type=LunchEaten, type",
        "subjectId=x, subjectId",
        "from=2026-03-15, from",
        "from=2026-03-15T12:00:00+01:00, from",
        "cursor=x, cursor",
        "limit=-1, limit",
        "correlationId=, correlationId",
        "q=x, q"
    })
    void what_cannot_be_is_refused_by_name(String query, String field) {
        assertThat(get("/api/v1/audit/events?" + query.replace("+", "%2B"), auditor)
                        .problem())
                .isEqualTo("400 validation " + field);
    }

    @Test
    void operators_see_every_read_model_where_the_log_is() {
        var admin = tokenOf(UUID.randomUUID(), ADMIN);
        await().untilAsserted(() -> {
            var items = get("/api/v1/projections", admin).json().get("items");
            assertThat(items.values().stream()
                            .filter(item -> item.get("rebuildable").asBoolean())
                            .map(item -> item.get("name").asString()))
                    .as("what operators may name is what there is")
                    .containsExactlyElementsOf(ProjectionNames.ALL);
            assertThat(items.values().stream())
                    .allSatisfy(item -> assertThat(item.toString())
                            .contains("\"state\":\"running\"", "\"lagEvents\":0,\"lagSeconds\":0.0,\"deadLetters\":0")
                            .doesNotContain("error"));
        });
    }
}
