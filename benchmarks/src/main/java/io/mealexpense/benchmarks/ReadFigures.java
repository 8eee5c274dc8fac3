package io.mealexpense.benchmarks;

import static io.mealexpense.benchmarks.measure.Metric.Direction.AT_LEAST;
import static io.mealexpense.benchmarks.measure.Metric.Direction.AT_MOST;

import io.mealexpense.benchmarks.anchor.BareRebuild;
import io.mealexpense.benchmarks.anchor.CopyOut;
import io.mealexpense.benchmarks.dataset.EventGenerator;
import io.mealexpense.benchmarks.measure.Cpu;
import io.mealexpense.benchmarks.measure.Memory;
import io.mealexpense.benchmarks.measure.Metric;
import io.mealexpense.benchmarks.measure.Numbers;
import io.mealexpense.benchmarks.measure.Sample;
import io.mealexpense.postgres.Role;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What the read side costs and how soon and how fast it answers. */
final class ReadFigures {

    private static final int LIST_REQUESTS = 60;
    private static final int PROBES_PER_SECOND = 20;
    private static final int POLL_MILLIS = 2;
    private static final double PATIENCE_SECONDS = 900;

    private final Lab lab;
    private final Options options;
    private final Services services;
    private final List<UUID> large;
    private final Memory memory;
    private final Http http = new Http();
    private final List<Metric> metrics = new ArrayList<>();
    private final String member;
    private final String admin;
    private int queryPort;

    /**
     * @param large an account with many expenses and one with few
     */
    ReadFigures(Lab lab, Options options, Services services, List<UUID> large, Memory memory) {
        this.lab = lab;
        this.options = options;
        this.services = services;
        this.large = large;
        this.memory = memory;
        var account = EventGenerator.accounts(options.seed(), Options.USERS, options.events())
                .getFirst();
        this.member = lab.tokens().token(account, "MEMBER");
        this.admin = lab.tokens().token(account, "ADMIN");
    }

    List<Metric> measure() throws SQLException {
        if (options.wants("bytes")) {
            bytes();
        }
        if (Stream.of("reads", "asof", "visible", "projections", "rebuild", "idle")
                .noneMatch(options::wants)) {
            return metrics;
        }
        Console.step("Starting the query service and letting it catch up");
        queryPort = Lab.freePort();
        var began = System.nanoTime();
        var query = lab.queryService(queryPort, services.commandPort());
        memory.watch("query-service", query.pid());
        var head = awaitProjections();
        metrics.add(Metric.told(
                "catch-up",
                "all projections from an empty read model, start of the process included",
                List.of(head / ((System.nanoTime() - began) / 1e9)),
                "events/s"));
        Console.step("Warming both services at recording what is projected");
        Interleaved.warm(
                "projections",
                query.pid(),
                clients -> seconds -> record(query, clients, seconds),
                1.2 * options.warmCpu());
        awaitProjections();
        if (options.wants("reads")) {
            reads();
        }
        if (options.wants("asof")) {
            asOf();
        }
        if (options.wants("visible")) {
            visible();
        }
        if (options.wants("projections")) {
            projectionsOnAndOff(query);
        }
        if (options.wants("rebuild")) {
            rebuild();
        }
        if (options.wants("idle")) {
            idle(query);
        }
        lab.stop(query);
        return metrics;
    }

    // --- bytes --------------------------------------------------------------------------------------------------

    private void bytes() {
        var events = lab.query(Role.QUERY, "SELECT count(*) FROM event_store.domain_event").stream()
                .mapToDouble(Double::parseDouble)
                .sum();
        var sizes = lab.query(Role.QUERY, """
                        SELECT pg_table_size('event_store.domain_event') || ' ' || pg_indexes_size('event_store.domain_event')
                            || ' ' || sum(octet_length(payload::text) + octet_length(metadata::text))
                        FROM event_store.domain_event
                        """).getFirst().split(" ");
        var table = Double.parseDouble(sizes[0]);
        var indexes = Double.parseDouble(sizes[1]);
        var content = Double.parseDouble(sizes[2]);
        metrics.add(Metric.of(
                        "bytes",
                        "stored bytes of an event / its payload and metadata",
                        List.of(table / content),
                        "×",
                        AT_MOST,
                        1.8)
                .noting("table with TOAST, without indexes; %.0f bytes of content per event"
                        .formatted(content / events)));
        metrics.add(Metric.told(
                "bytes-indexes", "the same with all indexes of the log", List.of((table + indexes) / content), "×"));
    }

    // --- reads --------------------------------------------------------------------------------------------------

    private void reads() {
        Console.step("Reading lists and reports of a large and a small account");
        ratio("reads-list", "list page", "/api/v1/expenses?limit=50");
        ratio("reads-monthly", "monthly report", "/api/v1/reports/monthly?from=2025-01&to=2025-12");
    }

    private void ratio(String id, String what, String path) {
        var tokens = large.stream()
                .map(account -> lab.tokens().token(account, "MEMBER"))
                .toList();
        var millis = List.of(new ArrayList<Double>(), new ArrayList<Double>());
        for (var i = 0; i < 2 * LIST_REQUESTS; i++) {
            for (var account = 0; account < 2; account++) {
                var began = System.nanoTime();
                http.get(queryPort, path, tokens.get(account)).orElseThrow();
                if (i >= LIST_REQUESTS) {
                    millis.get(account).add((System.nanoTime() - began) / 1e6);
                }
            }
        }
        var big = Numbers.median(millis.get(0));
        var small = Numbers.median(millis.get(1));
        metrics.add(Metric.of(
                        id,
                        "%s, account with %,d / with %,d expenses"
                                .formatted(
                                        what,
                                        options.large().get(0),
                                        options.large().get(1)),
                        List.of(big / small),
                        "×",
                        AT_MOST,
                        1.1)
                .noting("%.2f ms and %.2f ms, medians of %d requests in turn".formatted(big, small, LIST_REQUESTS)));
    }

    // --- as of the past -----------------------------------------------------------------------------------------

    /** Parts of the log after which the past is looked at. */
    private static final List<Double> PAST = List.of(0.25, 0.5, 0.75, 1.0);

    private static final String PAST_TO_LIVE = ", as of the past / live";

    private void asOf() {
        Console.step("Reading reports and lists as of the past");
        var auditor = lab.tokens().token(UUID.randomUUID(), "AUDITOR");
        var report = "/api/v1/reports/monthly?from=2025-01&to=2025-12";
        metrics.add(limited("asof-report", "monthly report of an account", report, member));
        metrics.add(limited("asof-report-all", "monthly report of everybody", report, auditor));
        told(
                "asof-categories",
                "category report of an account",
                "/api/v1/reports/categories?from=2025-01-01&to=2025-12-31",
                member);
        told("asof-list", "list page of an account", "/api/v1/expenses?limit=50", member);
    }

    private Metric limited(String id, String what, String path, String token) {
        var compared = pastAndPresent(path, token);
        return Metric.of(id, what + PAST_TO_LIVE, List.of(compared.ratio()), "×", AT_MOST, 3)
                .noting(compared.note());
    }

    private void told(String id, String what, String path, String token) {
        var compared = pastAndPresent(path, token);
        metrics.add(Metric.told(id, what + PAST_TO_LIVE, List.of(compared.ratio()), "×")
                .noting(compared.note()));
    }

    /** Medians in milliseconds. */
    private record PastAndPresent(double past, double present, long head) {

        double ratio() {
            return past / present;
        }

        String note() {
            return "%.2f ms and %.2f ms, medians of %d requests in turn, as of the ends of four quarters of %,d events"
                    .formatted(past, present, LIST_REQUESTS, head);
        }
    }

    private PastAndPresent pastAndPresent(String path, String token) {
        var head = head();
        var moments = PAST.stream()
                .map(part -> lab.query(
                                Role.QUERY,
                                "SELECT to_char(recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"
                                        + " FROM event_store.domain_event WHERE position = "
                                        + Math.max(1, (long) (part * head)))
                        .getFirst())
                .toList();
        var present = new ArrayList<Double>();
        var past = new ArrayList<Double>();
        for (var i = 0; i < 2 * LIST_REQUESTS; i++) {
            var moment = moments.get(i % moments.size());
            var now = millis(path, token);
            var then = millis(path + (path.contains("?") ? '&' : '?') + "asOf=" + moment, token);
            if (i >= LIST_REQUESTS) {
                present.add(now);
                past.add(then);
            }
        }
        return new PastAndPresent(Numbers.median(past), Numbers.median(present), head);
    }

    private double millis(String path, String token) {
        var began = System.nanoTime();
        http.get(queryPort, path, token).orElseThrow();
        return (System.nanoTime() - began) / 1e6;
    }

    // --- acknowledged → visible ---------------------------------------------------------------------------------

    private void visible() {
        Console.step("Waiting for recorded expenses to be seen");
        var idle = delays();
        metrics.add(Metric.of(
                "visible-idle-p50",
                "acknowledged → visible at 20 commands/s, p50",
                List.of(Numbers.percentile(idle, 0.5) / 1e6),
                "ms",
                AT_MOST,
                20));
        metrics.add(Metric.of(
                "visible-idle-p99",
                "acknowledged → visible at 20 commands/s, p99",
                List.of(Numbers.percentile(idle, 0.99) / 1e6),
                "ms",
                AT_MOST,
                150));
        var most = record(2).perSecond();
        var half = CompletableFuture.supplyAsync(
                () -> services.load()
                        .order(
                                "record",
                                "" + services.commandPort(),
                                "/api/v1/expenses",
                                "32",
                                "" + (probeSeconds() + 2),
                                "id",
                                "" + most / 2),
                Executors.newVirtualThreadPerTaskExecutor());
        Lab.pause(1_000);
        var loaded = delays();
        half.join();
        metrics.add(Metric.told(
                "visible-half-p50",
                "acknowledged → visible at half load, p50",
                List.of(Numbers.percentile(loaded, 0.5) / 1e6),
                "ms"));
        metrics.add(Metric.of(
                        "visible-half-p99",
                        "acknowledged → visible at half load, p99",
                        List.of(Numbers.percentile(loaded, 0.99) / 1e6),
                        "ms",
                        AT_MOST,
                        150)
                .noting("half of %,.0f commands/s; looked for every %d ms".formatted(most, POLL_MILLIS)));
        awaitProjections();
    }

    private double probeSeconds() {
        return options.full() ? 20 : 7;
    }

    /** Nanoseconds from an answer to a recording to its being in the list, one after the other. */
    private long[] delays() {
        var delays = new ArrayList<Long>();
        var pause = 1_000_000_000L / PROBES_PER_SECOND;
        var due = System.nanoTime();
        var end = due + (long) (probeSeconds() * 1e9);
        while (System.nanoTime() < end) {
            var id = http.post(
                            services.commandPort(),
                            "/api/v1/expenses",
                            member,
                            Map.of("spentOn", "2026-03-15", "amount", "12.50", "currency", "EUR", "mealType", "lunch"))
                    .orElseThrow()
                    .json()
                    .get("id")
                    .asString();
            var acknowledged = System.nanoTime();
            while (http.get(queryPort, "/api/v1/expenses/" + id, member).status() != 200) {
                Lab.pause(POLL_MILLIS);
            }
            delays.add(System.nanoTime() - acknowledged);
            due += pause;
            Lab.pause(Math.max(0, (due - System.nanoTime()) / 1_000_000));
        }
        return delays.stream().mapToLong(it -> it).toArray();
    }

    // --- appends beside projections -----------------------------------------------------------------------------

    private void projectionsOnAndOff(Worker query) {
        Console.step("Recording with the query service at work and suspended");
        var rounds = new Interleaved().add("projections-on", this::record).add("projections-off", seconds -> {
            signal(query, "STOP");
            try {
                return record(seconds);
            } finally {
                signal(query, "CONT");
                awaitProjections();
            }
        });
        rounds.run(options.rounds(), options.stretch());
        metrics.add(Metric.of(
                        "projections",
                        "append rate with projections and wake-up on / off",
                        rounds.ratios("projections-on", "projections-off", Sample::perSecond),
                        "×",
                        AT_LEAST,
                        0.95)
                .noting("32 connections without pause on the same cores as the projections; off: the query service is"
                        + " suspended"));
    }

    private static void signal(Worker worker, String signal) {
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(worker.pid()))
                    .start()
                    .waitFor();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    // --- rebuild ------------------------------------------------------------------------------------------------

    private static final List<String> REBUILT = List.of("expense-list", "monthly-report", "category-spend");

    /** Rebuilds beside writers, which take their time and so are fewer. */
    private static final int ROUNDS_BESIDE = 2;

    /** Stretches of recording during one of them; a log that grows without end is caught up with by no copy. */
    private static final int STRETCHES_BESIDE = 3;

    private void rebuild() throws SQLException {
        Console.step("Rebuilding list, monthly report and categories");
        var copies = new ArrayList<Double>();
        var bare = new ArrayList<Double>();
        var rates = new ArrayList<Double>();
        var differing = 0L;
        for (var round = 0; round < options.rounds(); round++) {
            copies.add(CopyOut.run(lab.database(), lab.postmaster(), CopyOut.IN_ORDER)
                    .perSecond());
            bare.add(BareRebuild.run(lab.database(), lab.postmaster()).perSecond());
            var path = requestRebuild();
            if (path.isEmpty()) {
                notRebuilt(copies, bare);
                return;
            }
            var rebuilt = awaitRebuild(path.get());
            rates.add(eventsPerSecond(rebuilt));
            differing += differences(rebuilt);
        }
        limits(copies, bare);
        metrics.add(Metric.of(
                "rebuild",
                "rebuild of list, monthly report and categories / COPY out, events/s",
                Stream.iterate(0, i -> i < rates.size(), i -> i + 1)
                        .map(i -> rates.get(i) / copies.get(i))
                        .toList(),
                "×",
                AT_LEAST,
                0.5));
        metrics.add(Metric.told("rebuild-rate", "the same", rates, "events/s"));
        rebuildBesideWriters(differing);
    }

    private void rebuildBesideWriters(long differingAlone) {
        Console.step("Rebuilding beside 32 writers");
        var rates = new ArrayList<Double>();
        var live = new ArrayList<Double>();
        var differing = differingAlone;
        for (var round = 0; round < ROUNDS_BESIDE; round++) {
            awaitProjections();
            var without = record(options.stretch()).perSecond();
            var path = requestRebuild().orElseThrow();
            for (var stretch = 0; stretch < STRETCHES_BESIDE; stretch++) {
                var during = record(options.stretch()).perSecond();
                if (rebuilt(path).isPresent()) {
                    break; // it was beside only a part of this one
                }
                live.add(during / without);
            }
            var rebuilt = awaitRebuild(path);
            rates.add(eventsPerSecond(rebuilt));
            differing += differences(rebuilt);
        }
        metrics.add(Metric.told(
                "rebuild-beside",
                "rebuild of the same, which 32 connections without pause begin to record beside",
                rates,
                "events/s"));
        metrics.add(Metric.of(
                "rebuild-differences",
                "rows lost or doubled by rebuilds, alone and beside 32 writers",
                List.of((double) differing),
                "",
                AT_MOST,
                0));
        metrics.add(Metric.of("rebuild-live", "live command rate while rebuilding / without", live, "×", AT_LEAST, 0.8)
                .noting("%d stretches during %d rebuilds, each against the one before its rebuild"
                        .formatted(live.size(), ROUNDS_BESIDE)));
    }

    /** Where to ask how far it is; nothing if this command service takes no rebuilds. */
    private Optional<String> requestRebuild() {
        var request = http.post(
                services.commandPort(),
                "/api/v1/rebuilds",
                admin,
                Map.of("projections", REBUILT, "reason", "Measured"));
        return request.status() == 404 || request.status() == 405
                ? Optional.empty()
                : Optional.of("/api/v1/rebuilds/"
                        + request.orElseThrow().json().get("id").asString());
    }

    private static double eventsPerSecond(JsonNode rebuilt) {
        return rebuilt.get("eventsDone").asLong()
                / ((instant(rebuilt, "finishedAt") - instant(rebuilt, "startedAt")) / 1e3);
    }

    private static long differences(JsonNode rebuilt) {
        var differing = 0L;
        for (var comparison : rebuilt.get("comparisons")) {
            for (var table : comparison.path("tables")) {
                differing += Stream.of("onlyLive", "onlyRebuilt", "different")
                        .mapToLong(kind -> table.path(kind).asLong())
                        .sum();
            }
        }
        return differing;
    }

    private static long instant(JsonNode rebuild, String field) {
        return java.time.Instant.parse(rebuild.get(field).asString()).toEpochMilli();
    }

    private JsonNode awaitRebuild(String path) {
        var giveUp = System.nanoTime() + (long) (PATIENCE_SECONDS * 1e9);
        while (System.nanoTime() < giveUp) {
            var ended = rebuilt(path);
            if (ended.isPresent()) {
                return ended.get();
            }
            Lab.pause(100);
        }
        throw new IllegalStateException("The rebuild does not end");
    }

    /** The rebuild, once it was swapped. */
    private Optional<JsonNode> rebuilt(String path) {
        var answer = http.get(queryPort, path, admin);
        if (answer.status() != 200) {
            return Optional.empty(); // not known yet
        }
        var rebuild = answer.json();
        var state = rebuild.get("state").asString();
        if (List.of("failed", "differs", "cancelled").contains(state)) {
            throw new IllegalStateException("The rebuild ended " + state + ": " + rebuild);
        }
        return state.equals("swapped") ? Optional.of(rebuild) : Optional.empty();
    }

    private void limits(List<Double> copies, List<Double> bare) throws SQLException {
        metrics.add(Metric.told("copy-out", "COPY of the log out of PostgreSQL, in its order", copies, "rows/s"));
        metrics.add(Metric.told(
                "copy-out-as-stored",
                "the same as the rows lie on disk",
                List.of(CopyOut.run(lab.database(), lab.postmaster(), CopyOut.AS_STORED)
                        .perSecond()),
                "rows/s"));
        metrics.add(Metric.told(
                "bare-rebuild",
                "cursor, parse and COPY in bare Java / COPY out",
                Stream.iterate(0, i -> i < bare.size(), i -> i + 1)
                        .map(i -> bare.get(i) / copies.get(i))
                        .toList(),
                "×"));
    }

    private void notRebuilt(List<Double> copies, List<Double> bare) throws SQLException {
        for (var round = copies.size(); round < options.rounds(); round++) {
            copies.add(CopyOut.run(lab.database(), lab.postmaster(), CopyOut.IN_ORDER)
                    .perSecond());
            bare.add(BareRebuild.run(lab.database(), lab.postmaster()).perSecond());
        }
        limits(copies, bare);
        var why = "this command service takes no rebuilds";
        metrics.add(Metric.notMeasured(
                "rebuild", "rebuild of list, monthly report and categories / COPY out, events/s", "×", "≥ 0.50", why));
        metrics.add(Metric.notMeasured(
                "rebuild-differences",
                "rows lost or doubled by rebuilds, alone and beside 32 writers",
                "",
                "≤ 0",
                why));
        metrics.add(
                Metric.notMeasured("rebuild-live", "live command rate while rebuilding / without", "×", "≥ 0.80", why));
    }

    // --- idle ---------------------------------------------------------------------------------------------------

    /** After everything was written in minutes, PostgreSQL tidies up for minutes more; that is no state to stay in. */
    private void idle(Worker query) throws SQLException {
        Console.step("Vacuuming what was written, and doing nothing");
        awaitProjections();
        try (var connection = lab.database().connect(Role.MIGRATOR);
                var statement = connection.createStatement()) {
            statement.execute("SET ROLE meals_owner");
            statement.execute("VACUUM (ANALYZE)");
        }
        Lab.pause(2_000);
        var parts = idleShares(query);
        metrics.add(Metric.of(
                        "idle",
                        "idle CPU of all processes, everything caught up",
                        List.of(parts.values().stream().mapToDouble(it -> it).sum()),
                        "% of a core",
                        AT_MOST,
                        2)
                .noting("%,d events in the log; command service %.1f, query service %.1f, PostgreSQL %.1f"
                        .formatted(head(), parts.get("command"), parts.get("query"), parts.get("postgres"))));
    }

    /** In percent of a core. */
    private Map<String, Double> idleShares(Worker query) {
        var seconds = options.full() ? 20 : 8;
        var before = idleCpu(query);
        Lab.pause(seconds * 1_000L);
        var shares = new HashMap<String, Double>();
        idleCpu(query).forEach((name, cpu) -> shares.put(name, (cpu - before.get(name)) / seconds * 100));
        return shares;
    }

    private Map<String, Double> idleCpu(Worker query) {
        return Map.of(
                "command", Cpu.seconds(services.command().pid()),
                "query", Cpu.seconds(query.pid()),
                "postgres", Cpu.familySeconds(lab.postmaster()));
    }

    // --- common -------------------------------------------------------------------------------------------------

    private Sample record(double seconds) {
        return record(services.command(), Interleaved.CLIENTS, seconds);
    }

    /** The same with the CPU of another server. */
    private Sample record(Worker server, int clients, double seconds) {
        return AppendFigures.sample(
                lab,
                server,
                () -> services.load()
                        .order(
                                "record",
                                "" + services.commandPort(),
                                "/api/v1/expenses",
                                "" + clients,
                                "" + seconds,
                                "id"));
    }

    private long head() {
        return Long.parseLong(
                lab.query(Role.QUERY, "SELECT position FROM event_store.head").getFirst());
    }

    /** Waits until every projection is where the log ends now, and says where that is. */
    private long awaitProjections() {
        var head = head();
        var giveUp = System.nanoTime() + (long) (PATIENCE_SECONDS * 1e9);
        while (System.nanoTime() < giveUp) {
            var slowest = lab.query(
                            Role.QUERY,
                            "SELECT CASE WHEN count(*) < 8 THEN 0 ELSE min(position) END FROM read_model.projection_token")
                    .getFirst();
            if (slowest != null && Long.parseLong(slowest) >= head) {
                return head;
            }
            Lab.pause(100);
        }
        throw new IllegalStateException("The projections do not catch up");
    }
}
