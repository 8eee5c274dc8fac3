package io.mealexpense.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.mealexpense.system.Api.Answer;
import io.mealexpense.system.Api.Member;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Sixteen writers who get in each other's way, through several command services, with a query service right behind. */
class ConcurrentWritersIT {

    private static final int WRITERS = 16;
    private static final int MEMBERS = 4;
    private static final int CONTESTED_EACH = 3;
    private static final int ROUNDS = 50;

    private final Distributed product = Distributed.running();
    private final List<URI> commandServices = new ArrayList<>(product.commands());
    private final Map<String, String> acknowledged = new ConcurrentHashMap<>();
    private final Map<Integer, Integer> answers = new ConcurrentHashMap<>();

    @Test
    void two_command_services_record_and_project_every_acknowledged_event_once() throws Exception {
        requireEachEventOnce();
    }

    @Test
    void four_command_services_record_and_project_every_acknowledged_event_once() throws Exception {
        var more = List.of(product.anotherCommandService(), product.anotherCommandService());
        try {
            more.forEach(service -> commandServices.add(service.awaitReady().base()));
            requireEachEventOnce();
        } finally {
            more.forEach(Distributed.Service::stop);
        }
    }

    private void requireEachEventOnce() throws Exception {
        var desks = new ArrayList<Desk>();
        for (var number = 0; number < MEMBERS; number++) {
            desks.add(new Desk(product.api().register()));
        }
        try (var threads = Executors.newFixedThreadPool(WRITERS)) {
            var writers = IntStream.range(0, WRITERS)
                    .mapToObj(number -> new Writer(number, desks.get(number % MEMBERS)))
                    .toList();
            for (var writer : threads.invokeAll(writers)) {
                writer.get();
            }
        }
        System.out.println("Answers by status: " + new TreeMap<>(answers));
        assertThat(answers).as("they did get in each other's way").containsKeys(201, 204, 409, 412);

        var ids = desks.stream().flatMap(desk -> desk.all().stream()).collect(Collectors.toSet());
        var recorded = product.log().expenseEvents().stream()
                .filter(event -> ids.contains(event.aggregateId()))
                .map(event -> version(event.aggregateId(), event.sequence()))
                .toList();
        assertThat(recorded).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(acknowledged.keySet());

        product.fold().requireEqual(); // waits until all is projected, and each event once
        product.log().requireInOrder();
    }

    private static String version(UUID id, long sequence) {
        return id + " \"" + sequence + "\"";
    }

    /** What the writers of one member share. */
    private static final class Desk {

        private final Member member;
        private final List<UUID> contested = newIds(CONTESTED_EACH);
        private final List<UUID> recordedByAll = newIds(ROUNDS);
        private final Set<UUID> own = ConcurrentHashMap.newKeySet();

        Desk(Member member) {
            this.member = member;
        }

        private static List<UUID> newIds(int count) {
            return IntStream.range(0, count)
                    .mapToObj(number -> Expenses.newId())
                    .toList();
        }

        Set<UUID> all() {
            var all = new HashSet<>(own);
            all.addAll(contested);
            all.addAll(recordedByAll);
            return all;
        }
    }

    private final class Writer implements Callable<Void> {

        private final Desk desk;
        private final Random random;
        private final List<Api> doors;
        private final Map<UUID, String> etags = new HashMap<>();

        Writer(int number, Desk desk) {
            this.desk = desk;
            this.random = new Random(number);
            this.doors = commandServices.stream().map(desk.member.api()::via).toList();
        }

        @Override
        public Void call() {
            for (var round = 0; round < ROUNDS; round++) {
                switch (random.nextInt(10)) {
                    case 0, 1, 2 -> recordOwn();
                    case 3 -> sameForAll(desk.recordedByAll.get(round));
                    case 4 -> otherContent(desk.recordedByAll.get(0));
                    default -> contest(desk.contested.get(random.nextInt(CONTESTED_EACH)));
                }
            }
            return null;
        }

        private Api anyDoor() {
            return doors.get(random.nextInt(doors.size()));
        }

        /** Through one door, again through any, and read back. */
        private void recordOwn() {
            var id = Expenses.newId();
            desk.own.add(id);
            var content = Expenses.with(Expenses.lunch(Expenses.randomAmount(random)), "id", id);
            var first = counted(anyDoor().post("/expenses", content).patiently(), 201);
            acknowledge(id, first, id.toString());
            if (random.nextBoolean()) {
                var again = counted(anyDoor().post("/expenses", content).patiently(), 200, 201);
                assertThat(again.etag()).isEqualTo(first.etag());
            }
            var read = desk.member.api().via(product.query()).read("/expenses/" + id, first);
            assertThat(read.etag()).isEqualTo(first.etag());
        }

        /** Four writers record the same; one event comes of it, and all are told so. */
        private void sameForAll(UUID id) {
            var content = Expenses.with(Expenses.lunch("7.00"), "id", id);
            acknowledge(id, counted(anyDoor().post("/expenses", content).patiently(), 200, 201), id.toString());
        }

        private void otherContent(UUID id) {
            sameForAll(id);
            counted(
                    anyDoor()
                            .post("/expenses", Expenses.with(Expenses.lunch("7.01"), "id", id))
                            .patiently(),
                    409);
        }

        private void contest(UUID id) {
            var path = "/expenses/" + id;
            var key = UUID.randomUUID().toString();
            var etag = etags.get(id);
            if (etag == null) {
                sameForAll(id);
                etags.put(id, "\"0\"");
                return;
            }
            var call = switch (random.nextInt(4)) {
                case 0 -> anyDoor().delete(path);
                case 1 -> anyDoor().post(path + "/restore", Map.of());
                default -> anyDoor().put(path, Expenses.lunch(Expenses.randomAmount(random)));
            };
            var answer = counted(call.ifMatch(etag).key(key).patiently(), 204, 409, 410, 412);
            if (answer.status() == 204) {
                acknowledge(id, answer, key);
            }
            if (!answer.etag().isEmpty()) {
                etags.put(id, answer.etag());
            }
        }

        private Answer counted(Answer answer, int... expected) {
            answers.merge(answer.status(), 1, Integer::sum);
            return answer.expect(expected);
        }

        /** Nobody else may have been given this version, unless for the same command. */
        private void acknowledge(UUID id, Answer answer, String command) {
            var before = acknowledged.putIfAbsent(id + " " + answer.etag(), command);
            assertThat(before == null || before.equals(command))
                    .as("%s was acknowledged twice", answer)
                    .isTrue();
        }
    }
}
