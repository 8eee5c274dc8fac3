package io.mealexpense.query.sealedlog;

import static io.mealexpense.edge.security.Role.ADMIN;
import static io.mealexpense.edge.security.Role.AUDITOR;
import static io.mealexpense.edge.security.Role.MEMBER;
import static io.mealexpense.events.ExpenseEvents.amendedTo;
import static io.mealexpense.events.ExpenseEvents.lunchRecorded;
import static org.assertj.core.api.Assertions.assertThat;

import io.mealexpense.events.MealExpenseDeleted;
import io.mealexpense.merkle.ProofCheck;
import io.mealexpense.merkle.event.EventLeaf;
import io.mealexpense.merkle.event.LoggedEvent;
import io.mealexpense.merkle.note.Checkpoint;
import io.mealexpense.postgres.Role;
import io.mealexpense.query.web.QueryServiceTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Proof packs by HTTP, checked by their reader's own means. */
class ProofPackTest extends QueryServiceTest {

    private static final String PACK = "/api/v1/sealed-log/pack";
    private static final TestSeal SEAL = TestSeal.of(DATABASE);
    private static final LocalDate FEBRUARY = LocalDate.of(2026, 2, 28);
    private static final LocalDate MARCH = LocalDate.of(2026, 3, 15);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final UUID auditor = UUID.randomUUID();
    private final UUID alice = UUID.randomUUID();
    private final UUID bob = UUID.randomUUID();

    // --- reading packs ----------------------------------------------------------------------------------------------

    private record Pack(Map<String, byte[]> files) {

        String text(String name) {
            return new String(files.get(name), StandardCharsets.UTF_8);
        }

        List<JsonNode> lines(String name) {
            return text(name).lines().map(JSON::readTree).toList();
        }

        List<Long> positions() {
            return lines("events.ndjson").stream()
                    .map(event -> event.get("position").asLong())
                    .toList();
        }

        JsonNode manifest() {
            return JSON.readTree(files.get("MANIFEST.json"));
        }

        /** Every event is the one that the log has, and its proof leads to the one checkpoint. */
        Checkpoint requireProved() throws Exception {
            var checkpoint = Checkpoint.open(text("checkpoint.txt"), List.of(SEAL.key()));
            var proofs = lines("proofs.ndjson");
            var events = lines("events.ndjson");
            assertThat(proofs).hasSameSizeAs(events).isNotEmpty();
            for (var i = 0; i < events.size(); i++) {
                var shown = events.get(i);
                var position = shown.get("position").asLong();
                var stored = stored(position);
                assertThat(shown.get("payload").asString().getBytes(StandardCharsets.UTF_8))
                        .isEqualTo(stored.payload());
                assertThat(shown.get("metadata").asString().getBytes(StandardCharsets.UTF_8))
                        .isEqualTo(stored.metadata());
                assertThat(shown.get("aggregateId").asString())
                        .isEqualTo(stored.aggregateId().toString());
                assertThat(shown.get("sequence").asLong()).isEqualTo(stored.sequence());
                assertThat(shown.get("eventId").asString())
                        .isEqualTo(stored.eventId().toString());
                assertThat(shown.get("recordedAt").asString())
                        .isEqualTo(stored.recordedAtInstant().toString());
                var leaf = new EventLeaf().take(stored);
                var proof = proofs.get(i);
                assertThat(proof.get("position").asLong()).isEqualTo(position);
                assertThat(leaf.differing(
                                Base64.getDecoder()
                                        .decode(proof.get("fingerprints").asString()),
                                0))
                        .isEmpty();
                var hashes = new ArrayList<byte[]>();
                proof.get("hashes")
                        .forEach(hash -> hashes.add(Base64.getDecoder().decode(hash.asString())));
                assertThat(ProofCheck.included(leaf.hash(), position - 1, checkpoint.size(), hashes, checkpoint.root()))
                        .isTrue();
            }
            return checkpoint;
        }
    }

    private static LoggedEvent stored(long position) throws SQLException {
        try (var connection = DATABASE.connect(Role.QUERY);
                var query = connection.prepareStatement(
                        "SELECT " + LoggedEvent.COLUMNS + " FROM event_store.domain_event WHERE position = ?")) {
            query.setLong(1, position);
            try (var row = query.executeQuery()) {
                assertThat(row.next()).isTrue();
                return LoggedEvent.of(row);
            }
        }
    }

    private Pack taken(String query) throws IOException {
        var answer = download(PACK + query, tokenOf(auditor, AUDITOR));
        assertThat(answer.statusCode())
                .as(new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/zip");
        var files = new LinkedHashMap<String, byte[]>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(answer.body()))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
        }
        assertThat(files)
                .containsOnlyKeys(
                        "events.ndjson", "proofs.ndjson", "checkpoint.txt", "key.pub", "README.md", "MANIFEST.json");
        return new Pack(files);
    }

    private Answer asked(String query) {
        return get(PACK + query, tokenOf(auditor, AUDITOR));
    }

    private String march(UUID owner) {
        return "?ownerId=" + owner + "&from=2026-03-01&to=2026-03-31";
    }

    // --- what is in them --------------------------------------------------------------------------------------------

    @Test
    void everything_that_happened_to_an_expense_is_proved() throws Exception {
        var lunch = UUID.randomUUID();
        var positions = List.of(
                LOG.append(lunchRecorded(lunch, alice, "12.50", MARCH, null)),
                LOG.append(amendedTo(lunch, alice, "13.20", FEBRUARY, null)),
                LOG.append(new MealExpenseDeleted(lunch, alice, "Café \"à deux\"\n")));
        LOG.append(lunchRecorded(UUID.randomUUID(), alice, "7.00", MARCH, null));
        var size = SEAL.seal();

        var pack = taken("?expenseId=" + lunch);

        assertThat(pack.positions()).isEqualTo(positions);
        assertThat(pack.requireProved().size()).isEqualTo(size);
        assertThat(pack.text("key.pub")).isEqualTo(SEAL.key() + "\n");
        assertThat(pack.manifest().get("subject").get("expenseId").asString()).isEqualTo(lunch.toString());
        assertThat(pack.manifest().get("size").asLong()).isEqualTo(size);
        assertThat(pack.text("README.md")).contains("audit-verify.jar pack", lunch.toString());
        assertThat(asked("?expenseId=" + lunch).header("Content-Disposition"))
                .isEqualTo("attachment; filename=\"proof-%s-%d.zip\"".formatted(lunch, size));
    }

    @Test
    void a_period_has_the_expenses_that_ever_lay_in_it_with_all_that_happened_to_them() throws Exception {
        var stayed = UUID.randomUUID();
        var movedOut = UUID.randomUUID();
        var movedIn = UUID.randomUUID();
        var never = UUID.randomUUID();
        var positions = new ArrayList<Long>();
        positions.add(LOG.append(lunchRecorded(stayed, alice, "1.00", LocalDate.of(2026, 3, 1), null)));
        positions.add(LOG.append(lunchRecorded(movedOut, alice, "2.00", LocalDate.of(2026, 3, 31), null)));
        positions.add(LOG.append(lunchRecorded(movedIn, alice, "3.00", FEBRUARY, null)));
        LOG.append(lunchRecorded(never, alice, "4.00", FEBRUARY, null));
        LOG.append(lunchRecorded(UUID.randomUUID(), bob, "5.00", MARCH, null));
        positions.add(LOG.append(amendedTo(movedOut, alice, "2.00", LocalDate.of(2026, 4, 1), null)));
        positions.add(LOG.append(amendedTo(movedIn, alice, "3.00", MARCH, null)));
        positions.add(LOG.append(new MealExpenseDeleted(movedIn, alice, null)));
        LOG.append(amendedTo(never, alice, "4.50", LocalDate.of(2026, 4, 1), null));
        SEAL.seal();

        var pack = taken(march(alice));

        assertThat(pack.positions()).isEqualTo(positions);
        pack.requireProved();
        assertThat(pack.manifest().get("events").asInt()).isEqualTo(6);
        assertThat(pack.manifest().get("subject").toString())
                .isEqualTo("{\"ownerId\":\"%s\",\"from\":\"2026-03-01\",\"to\":\"2026-03-31\"}".formatted(alice));
    }

    /** More than are read at a time, and across tiles. */
    @Test
    void a_long_period_is_proved_too() throws Exception {
        LOG.append(IntStream.range(0, 1_200)
                .mapToObj(i -> lunchRecorded(UUID.randomUUID(), i % 3 == 0 ? bob : alice, "1.00", MARCH, null))
                .toList());
        SEAL.seal();
        var pack = taken(march(alice));
        assertThat(pack.positions()).hasSize(800).isSorted();
        pack.requireProved();
    }

    // --- what is not sealed yet -------------------------------------------------------------------------------------

    @Test
    void an_event_that_is_not_sealed_yet_is_waited_for() throws Exception {
        var lunch = UUID.randomUUID();
        LOG.append(lunchRecorded(lunch, alice, "12.50", MARCH, null));
        SEAL.seal();
        var amended = LOG.append(amendedTo(lunch, alice, "13.20", MARCH, null));
        var sealing = CompletableFuture.supplyAsync(
                SEAL::seal, CompletableFuture.delayedExecutor(700, TimeUnit.MILLISECONDS));

        var pack = taken("?expenseId=" + lunch);

        assertThat(pack.positions()).hasSize(2).endsWith(amended);
        assertThat(pack.requireProved().size()).isEqualTo(sealing.get());
    }

    @Test
    void an_event_that_is_not_sealed_for_long_is_told_of() {
        var lunch = UUID.randomUUID();
        LOG.append(lunchRecorded(lunch, alice, "12.50", MARCH, null));
        for (var query : List.of("?expenseId=" + lunch, march(alice))) {
            var answer = asked(query);
            assertThat(answer.problem()).isEqualTo("503 not-sealed");
            assertThat(answer.header("Retry-After")).isEqualTo("5");
        }
    }

    @Test
    void nothing_is_left_behind_on_the_disk() throws Exception {
        var lunch = UUID.randomUUID();
        LOG.append(lunchRecorded(lunch, alice, "12.50", MARCH, null));
        SEAL.seal();
        taken("?expenseId=" + lunch);
        try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            assertThat(files.filter(file -> file.getFileName().toString().startsWith("proof-pack")))
                    .isEmpty();
        }
    }

    // --- who may ask, and for what ----------------------------------------------------------------------------------

    @Test
    void only_auditors_may_ask() {
        var query = "?expenseId=" + UUID.randomUUID();
        assertThat(get(PACK + query, "").problem()).startsWith("401 ");
        assertThat(get(PACK + query, tokenOf(alice, MEMBER)).problem()).isEqualTo("403 forbidden");
        assertThat(get(PACK + query, tokenOf(alice, ADMIN)).problem()).isEqualTo("403 forbidden");
        assertThat(asked(query).problem()).isEqualTo("404 not-found");
    }

    @Test
    void what_is_taken_away_is_written_down() {
        asked(march(alice));
        var accesses = get("/api/v1/audit/accesses?accountId=" + auditor, tokenOf(UUID.randomUUID(), ADMIN))
                .json()
                .get("items");
        assertThat(accesses.size()).isEqualTo(1);
        assertThat(accesses.get(0).get("route").asString()).isEqualTo(PACK);
        assertThat(accesses.get(0).get("filter").get("ownerId").get(0).asString())
                .isEqualTo(alice.toString());
    }

    @Test
    void what_is_not_there_cannot_be_proved() {
        assertThat(asked("?expenseId=" + UUID.randomUUID()).problem()).isEqualTo("404 not-found");
        assertThat(asked(march(UUID.randomUUID())).problem()).isEqualTo("404 not-found");
    }

    @ParameterizedTest
    @CsvSource({
        "'', 400 validation expenseId",
        "?expenseId=x, 400 validation expenseId",
        "?ownerId=0199a000-0000-7000-8000-00000000000a, 400 validation from to",
        "?ownerId=0199a000-0000-7000-8000-00000000000a&from=2026-03-01, 400 validation to",
        "?ownerId=0199a000-0000-7000-8000-00000000000a&from=2026-03-02&to=2026-03-01, 400 validation from",
        "?ownerId=0199a000-0000-7000-8000-00000000000a&from=March&to=2026-03-01, 400 validation from",
        "?expenseId=0199a000-0000-7000-8000-00000000000a&from=2026-03-02, 400 validation from",
        "?expenseId=0199a000-0000-7000-8000-00000000000a&ownerId=0199a000-0000-7000-8000-00000000000a,"
                + " 400 validation ownerId",
        "?expenseId=0199a000-0000-7000-8000-00000000000a&size=3, 400 validation size"
    })
    void nonsense_is_refused_by_name(String query, String problem) {
        assertThat(asked(query).problem()).isEqualTo(problem);
    }
}
