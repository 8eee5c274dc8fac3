package io.mealexpense.system;

import static org.awaitility.Awaitility.await;

import io.mealexpense.postgres.Database;
import io.mealexpense.system.Api.Member;
import io.mealexpense.system.Distributed.Service;
import io.mealexpense.system.OwnPostgres.Shutdown;
import io.mealexpense.system.Wire.Mood;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * One fault after the other befalls two command services, two query services and their PostgreSQL while clients work:
 * which, whom and for how long is drawn from a seed. Between every two processes lies a {@link Wire}. After all of it,
 * and now and then, everything must be as the clients were told: {@link Crowd#requireKept}, and {@code audit-verify}.
 */
final class FaultCampaign implements AutoCloseable {

    private static final int CLIENTS = 6;
    private static final int SERVICES = 2;

    /** Leaves two cores something to start processes with. */
    private static final Duration THOUGHT = Duration.ofMillis(20);

    /** Acknowledgements that there must be while a fault lasts where others can go on, and after each. */
    private static final int GOES_ON = 10;

    private static final Duration BETWEEN_CHECKS = Duration.ofMinutes(1);
    private static final int MAX_CLOCK_MINUTES = 10;

    /** Something that befalls the product and ends. */
    @FunctionalInterface
    private interface Fault {
        void strike() throws InterruptedException;
    }

    private final long seed;
    private final Random random;
    private final Duration length;
    private final Map<String, Fault> faults = Map.ofEntries(
            Map.entry("kill a command service", () -> kill(anyOf(commands()))),
            Map.entry("kill a query service", () -> kill(anyOf(queries()))),
            Map.entry("freeze a command service", () -> freeze(anyOf(commands()))),
            Map.entry("freeze a query service", () -> freeze(anyOf(queries()))),
            Map.entry("PostgreSQL loses power", () -> restartPostgres(Shutdown.IMMEDIATE)),
            Map.entry("PostgreSQL is restarted", () -> restartPostgres(Shutdown.FAST)),
            Map.entry("cut a service off its database", () -> databaseWire().cut()),
            Map.entry("silence between a service and its database", () -> silence(databaseWire())),
            Map.entry("cut clients off", () -> clientWire().cut()),
            Map.entry("silence between clients and a service", () -> silence(clientWire())),
            Map.entry("lose answers", this::loseAnswers),
            Map.entry("requests arrive twice", this::doubleRequests),
            Map.entry("restart every service in turn", this::rollingRestart),
            Map.entry("kill a rebuild", this::killRebuild),
            Map.entry("a clock jumps", this::jump),
            Map.entry("the database's disk is full", this::fillDisk),
            Map.entry("projections lose their tokens", this::loseTokens));

    private final Wired postgres = new Wired();
    private final Distributed product;
    private final List<Wire> clientWires;
    private final Crowd crowd;

    /** A server that every service reaches by a wire of its own. */
    private static final class Wired implements Distributed.Server {

        private final Optional<SmallDisk> disk = SmallDisk.mount();
        private final Path folder = disk.map(SmallDisk::folder).orElseGet(() -> JavaProcess.newFolder("postgres"));
        private final Optional<ServerClock> clock = ServerClock.in(JavaProcess.newFolder("server-clock"));
        private final OwnPostgres server =
                new OwnPostgres(folder, clock.map(ServerClock::environment).orElse(Map.of()));
        private final Map<Integer, Wire> wires = new ConcurrentHashMap<>();

        @Override
        public Database database() {
            return server.database();
        }

        @Override
        public Database reachedFrom(int servicePort) {
            var direct = database();
            var wire = wires.computeIfAbsent(servicePort, port -> new Wire(direct.port()));
            return new Database(direct.name(), wire.port(), direct.passwords());
        }

        Wire of(Service service) {
            return wires.get(service.base().getPort());
        }

        @Override
        public void close() {
            wires.values().forEach(Wire::close);
            server.close();
            disk.ifPresent(SmallDisk::close);
        }
    }

    /** @param length for which faults are inflicted; setting up and the last check come on top */
    FaultCampaign(long seed, Duration length) {
        this.seed = seed;
        this.length = length;
        random = new Random(seed);
        var clocks = Stream.generate(this::wrongClock).limit(2L * SERVICES).toList();
        tell("Seed %d, for %d s, clocks of the services wrong by %s".formatted(seed, length.toSeconds(), clocks));
        if (postgres.disk.isEmpty()) {
            tell("NO FULL DISK: only root may mount a small one");
        }
        if (postgres.clock.isEmpty()) {
            tell("NO JUMPS OF POSTGRESQL'S CLOCK: libfaketime is not installed");
        }
        product = Distributed.withClocks(
                postgres,
                clocks.subList(0, SERVICES).stream()
                        .sorted(Comparator.naturalOrder())
                        .toList(),
                clocks.subList(SERVICES, 2 * SERVICES));
        clientWires = commands().stream()
                .map(service -> new Wire(service.base().getPort()))
                .toList();
        var member = staying(Api.at(product.commands().getFirst()).register());
        crowd = new Crowd(
                CLIENTS,
                clientWires.stream()
                        .map(wire -> member.api().via(URI.create("http://127.0.0.1:" + wire.port())))
                        .toList(),
                THOUGHT);
        crowd.clients().forEach(Client::neverGiveUp);
    }

    /** Signed in by every clock here, and for as long as this takes. */
    private Member staying(Member member) {
        var until = Instant.now().plus(length).plus(Duration.ofHours(1));
        var token = product.forge().expiringAt(member.api().token(), until);
        return new Member(
                member.api().as(token), member.id(), member.email(), member.password(), member.refreshToken(), null);
    }

    private void tell(String what) {
        System.out.println("Fault campaign: " + what);
    }

    /** @throws AssertionError naming the seed, if anything is not as clients were told */
    void run() throws InterruptedException {
        var begin = System.nanoTime();
        var names = faults.keySet().stream().sorted().toList();
        var checked = begin;
        try {
            crowd.start();
            for (var number = 1; System.nanoTime() - begin < length.toNanos(); number++) {
                var name = names.get(random.nextInt(names.size()));
                tell("%5.1f s, %d: %s".formatted((System.nanoTime() - begin) / 1e9, number, name));
                faults.get(name).strike();
                crowd.awaitMore(GOES_ON);
                if (System.nanoTime() - checked > BETWEEN_CHECKS.toNanos()) {
                    requireKept();
                    crowd.start();
                    checked = System.nanoTime();
                }
            }
            requireKept();
        } catch (RuntimeException | AssertionError failed) {
            throw new AssertionError("Fault campaign with seed " + seed + ": " + failed.getMessage(), failed);
        }
    }

    private void requireKept() {
        crowd.rest();
        crowd.requireKept(product);
        product.awaitSealed();
        AuditVerify.requireClean(AuditVerify.run(postgres.database(), product.checkpoints()));
        tell("kept: %d events, %d requests not acknowledged the first time"
                .formatted(product.log().head(), crowd.notAcknowledged().size()));
    }

    // --- who and how long ---------------------------------------------------------------------------------------

    private List<Service> commands() {
        return product.commandServices();
    }

    private List<Service> queries() {
        return product.queryServices();
    }

    private <T> T anyOf(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    private Wire databaseWire() {
        return postgres.of(
                anyOf(Stream.concat(commands().stream(), queries().stream()).toList()));
    }

    private Wire clientWire() {
        return anyOf(clientWires);
    }

    /** Up to that long. */
    private void aWhile(Duration most) throws InterruptedException {
        Thread.sleep(random.nextLong(most.toMillis()));
    }

    // --- faults -------------------------------------------------------------------------------------------------

    /** The other one goes on. */
    private void kill(Service service) {
        service.kill();
        crowd.awaitMore(GOES_ON);
        service.restart().awaitReady();
    }

    /** Forward or back by minutes: a service's, or PostgreSQL's. */
    private void jump() throws InterruptedException {
        var clocks = new ArrayList<Consumer<Duration>>();
        Stream.concat(commands().stream(), queries().stream()).forEach(service -> clocks.add(service::setClock));
        postgres.clock.ifPresent(clock -> clocks.add(wrongBy -> putServerClock(clock, wrongBy)));
        var which = random.nextInt(clocks.size());
        var wrongBy = wrongClock();
        tell("        %s by %s".formatted(which < 2 * SERVICES ? "that of service " + which : "PostgreSQL's", wrongBy));
        clocks.get(which).accept(wrongBy);
        aWhile(Duration.ofSeconds(3));
    }

    /** Sure that it is put: where nothing happens nothing is tested. */
    private void putServerClock(ServerClock clock, Duration wrongBy) {
        clock.set(wrongBy);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> Math.abs(product.log().number("SELECT extract(epoch FROM clock_timestamp())::bigint")
                                - Instant.now().plus(wrongBy).getEpochSecond())
                        <= 2);
    }

    private Duration wrongClock() {
        return Duration.ofSeconds((random.nextBoolean() ? 1 : -1) * random.nextLong(1, 60L * MAX_CLOCK_MINUTES));
    }

    /** It may end PostgreSQL, which can only start again when there is room. */
    private void fillDisk() throws InterruptedException {
        if (postgres.disk.isPresent()) {
            try (var ballast = postgres.disk.get().fill()) {
                aWhile(Duration.ofSeconds(4));
            }
            postgres.server.revive();
        }
    }

    /** Longer than a claim lives, at times. */
    private void freeze(Service service) throws InterruptedException {
        service.freeze();
        try {
            aWhile(Duration.ofSeconds(8));
        } finally {
            service.thaw();
        }
    }

    private void restartPostgres(Shutdown how) {
        postgres.server.restart(how);
    }

    /** What was on its way arrives late, or never. */
    private void silence(Wire wire) throws InterruptedException {
        wire.become(Mood.SILENT);
        try {
            aWhile(Duration.ofSeconds(6));
            if (random.nextBoolean()) {
                wire.cut();
            }
        } finally {
            wire.become(Mood.SOUND);
        }
    }

    private void loseAnswers() throws InterruptedException {
        var wire = clientWire();
        wire.become(Mood.LOSING_ANSWERS);
        try {
            aWhile(Duration.ofSeconds(3));
        } finally {
            wire.become(Mood.SOUND);
        }
    }

    private void doubleRequests() throws InterruptedException {
        var wire = clientWire();
        wire.become(Mood.DOUBLING);
        wire.cut(); // connections that there are would be spared
        try {
            aWhile(Duration.ofSeconds(3));
        } finally {
            wire.become(Mood.SOUND);
            wire.cut();
        }
    }

    /** Each stops when it is asked to, as a deployment asks. */
    private void rollingRestart() {
        for (var service :
                Stream.concat(commands().stream(), queries().stream()).toList()) {
            service.stopWhenAsked();
            service.restart().awaitReady();
        }
    }

    private void killRebuild() throws InterruptedException {
        var at = commands().getFirst().base();
        var operator = new Operator(staying(Staff.administrator(at)), at, product.query());
        var rebuild = Operator.idOf(operator.rebuildAll("Fault campaign " + seed));
        aWhile(Duration.ofSeconds(2));
        queries().forEach(Service::kill);
        queries().forEach(Service::restart);
        queries().forEach(Service::awaitReady);
        operator.awaitState(rebuild, "swapped");
    }

    private void loseTokens() {
        // a projection may be at work on its row, and it goes on with the row gone
        await().atMost(Duration.ofSeconds(20))
                .ignoreExceptions()
                .untilAsserted(() -> product.log().execute(Log.QUERY, "DELETE FROM read_model.projection_token"));
    }

    @Override
    public void close() {
        crowd.close();
        product.close();
        clientWires.forEach(Wire::close);
    }
}
