package io.mealexpense.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mealexpense.system.Guardian.PostgresFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A demonstration shows what the product is for: its log was written over the months that it is about. */
class DemonstrationIT {

    private static final Path FOLDER = JavaProcess.newFolder("demonstration");
    private static final Path DATA = FOLDER.resolve("data");
    private static final int PORT = JavaProcess.freePort();

    private static JavaProcess process;
    private static Api.Member member;

    @BeforeAll
    static void start() throws IOException {
        Guardian.postgres(DATA);
        process = JavaProcess.start(
                FOLDER,
                "demonstration",
                JavaProcess.jarOf("standalone"),
                List.of(),
                PORT,
                Map.of(),
                List.of("--demo", "--data-dir", DATA.toString(), "--port", Integer.toString(PORT)));
        var logins = DATA.resolve("demonstration-logins.txt");
        await().atMost(Duration.ofMinutes(6)).until(() -> Files.exists(logins) && Files.size(logins) > 0);
        var words = Files.readAllLines(logins).getFirst().strip().split(" +");
        member = Api.at(process.base()).signIn(words[1], words[2], null);
    }

    @AfterAll
    static void stop() throws InterruptedException {
        process.close();
        PostgresFolder.stop(DATA);
        JavaProcess.delete(DATA);
    }

    @Test
    void the_past_is_there_to_be_looked_at() {
        var yearAgo = Instant.now().minus(365, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);

        var then = monthsWithExpenses("?asOf=" + yearAgo);
        var now = monthsWithExpenses("");

        assertThat(then).isBetween(5, 8);
        // unless asked for others, the last twelve; the present one may have just begun
        assertThat(now).isBetween(11, 12);
    }

    @Test
    void a_month_changed_after_it_was_over() {
        var since = Instant.now().minus(200, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);

        var changes = member.api()
                .get("/expenses/changes?since=%s&to=%s"
                        .formatted(since, since.toString().substring(0, 10)))
                .patiently()
                .expect(200)
                .json();

        assertThat(changes.path("items").size()).isPositive();
    }

    @Test
    void a_file_was_brought_in_that_can_be_taken_back() {
        assertThat(member.api().read("/imports").json().path("items").size()).isOne();
    }

    @Test
    void histories_tell_from_which_kinds_of_device_they_came() {
        var expenses = member.api().read("/expenses?limit=40").json().path("items");

        var devices = expenses.valueStream()
                .flatMap(expense -> member.api()
                        .read("/expenses/" + expense.path("id").asString() + "/history")
                        .json()
                        .path("items")
                        .valueStream())
                .filter(entry -> entry.path("client").asString("").equals("web"))
                .map(entry -> entry.path("device").asString("none"))
                .toList();

        assertThat(devices).hasSizeGreaterThan(30).contains("phone", "computer").doesNotContain("none");
    }

    @Test
    void afterwards_the_log_goes_by_the_clock_of_the_server() {
        var before = Instant.now().minusSeconds(2);

        var recorded =
                member.api().post("/expenses", Expenses.lunch("12.50")).send().expect(201);

        var id = recorded.json().path("id").asString();
        var history =
                member.api().read("/expenses/" + id + "/history", recorded).json();
        assertThat(history.findValuesAsString("at"))
                .isNotEmpty()
                .allSatisfy(moment -> assertThat(Instant.parse(moment))
                        .isBetween(before, Instant.now().plusSeconds(2)));
    }

    @Test
    void its_log_is_proved_like_any_other() {
        await().atMost(Duration.ofMinutes(1)).until(() -> Files.exists(DATA.resolve("checkpoints/checkpoint")));

        AuditVerify.requireClean(AuditVerify.run(DATA));
    }

    private static int monthsWithExpenses(String asOf) {
        return (int) member.api()
                .get("/reports/monthly" + asOf)
                .patiently()
                .expect(200)
                .json()
                .path("months")
                .valueStream()
                .map(line -> line.path("month").asString())
                .distinct()
                .count();
    }
}
