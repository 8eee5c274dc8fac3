package io.mealexpense.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.mealexpense.system.Api.Answer;
import io.mealexpense.system.Api.Member;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Members who use all of the product, one thing after the other, and read after each what they did: whatever is not
 * answered as it has to be, the first time they ask, ends their work.
 */
final class Regulars implements AutoCloseable {

    private final List<Regular> regulars = new ArrayList<>();
    private final Duration thought;
    private final ExecutorService threads;
    private final List<Future<?>> working = new ArrayList<>();
    private final AtomicInteger answers = new AtomicInteger();
    private volatile boolean stopping;

    /**
     * They register at the product's one address.
     *
     * @param thought of each of them after an answer
     */
    Regulars(int count, URI product, Duration thought) {
        this.thought = thought;
        threads = Executors.newFixedThreadPool(count);
        for (var number = 0; number < count; number++) {
            regulars.add(new Regular(Api.at(product).register(), new Random(number)));
        }
    }

    Regulars start() {
        stopping = false;
        regulars.forEach(regular -> working.add(threads.submit(regular)));
        return this;
    }

    /** How many requests were answered as they had to be; throws if one was not. */
    int answers() {
        working.stream().filter(Future::isDone).forEach(Regulars::rethrow);
        return answers.get();
    }

    void rest() {
        stopping = true;
        working.forEach(Regulars::rethrow);
        working.clear();
    }

    private static void rethrow(Future<?> work) {
        try {
            work.get();
        } catch (ExecutionException failed) {
            throw new AssertionError("A request was not answered as it has to be", failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    @Override
    public void close() {
        stopping = true;
        threads.shutdownNow();
    }

    private final class Regular implements Runnable {

        private static final String MARCH = "/reports/monthly?from=2026-03&to=2026-03";

        private final Random random;
        private Member member;
        private @Nullable Answer lastWrite;

        Regular(Member member, Random random) {
            this.member = member;
            this.random = random;
        }

        @Override
        public void run() {
            while (!stopping) {
                signInAgain();
                keepExpense();
                keepCategory();
                bringFileAndTakeItBack();
                lookAround();
            }
        }

        private void signInAgain() {
            var password = Map.of("email", member.email(), "password", member.password());
            var login = counted(member.api().post("/auth/login", password), 200).json();
            var api = member.api().as(login.path("accessToken").asString());
            member = new Member(
                    api,
                    member.id(),
                    member.email(),
                    member.password(),
                    login.path("refreshToken").asString(),
                    member.registered());
        }

        /** Recorded, corrected, deleted, restored, and read after each. */
        private void keepExpense() {
            var count = countOfMarch();
            var recorded = wrote(member.api().post("/expenses", Expenses.lunch("12.50")), 201);
            var path = "/expenses/" + recorded.json().path("id").asString();
            requireRead(path, recorded);
            assertThat(countOfMarch()).isEqualTo(count + 1);
            var amended = wrote(
                    member.api()
                            .put(path, Expenses.lunch(Expenses.randomAmount(random)))
                            .ifMatch(recorded.etag()),
                    200,
                    204);
            requireRead(path, amended);
            var deleted = wrote(member.api().delete(path).ifMatch(amended.etag()), 204);
            assertThat(read(path, 410).etag()).isEqualTo(deleted.etag());
            assertThat(countOfMarch()).isEqualTo(count);
            var restored = wrote(member.api().post(path + "/restore", Map.of()).ifMatch(deleted.etag()), 200, 204);
            requireRead(path, restored);
            assertThat(countOfMarch()).isEqualTo(count + 1);
            assertThat(read(path + "/history", 200).json().path("items")).hasSize(4);
        }

        private void requireRead(String path, Answer written) {
            assertThat(read(path, 200).etag()).isEqualTo(written.etag());
        }

        private long countOfMarch() {
            return read(MARCH, 200)
                    .json()
                    .path("months")
                    .path(0)
                    .path("totals")
                    .path(0)
                    .path("count")
                    .asLong(0);
        }

        private static Map<String, String> category(String name) {
            return Map.of("name", name, "colour", "#0E7490", "icon", "soup");
        }

        private void keepCategory() {
            var name = "Category " + random.nextLong();
            var created = wrote(member.api().post("/categories", category(name)), 201);
            var path = "/categories/" + created.json().path("id").asString();
            assertThat(read("/categories", 200).text()).contains(name);
            var amended =
                    wrote(member.api().put(path, category(name + " renamed")).ifMatch(created.etag()), 200, 204);
            assertThat(read("/categories", 200).text()).contains(name + " renamed");
            wrote(member.api().delete(path).ifMatch(amended.etag()), 204);
        }

        private void bringFileAndTakeItBack() {
            var file = "date,amount,currency,restaurant\n2026-04-0%d,%d.00,EUR,Corner Deli\n"
                    .formatted(1 + random.nextInt(9), 1 + random.nextInt(1_000_000));
            var part = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n"
                    + "Content-Type: text/csv\r\n\r\n" + file + "\r\n--b--\r\n";
            var imported = wrote(
                    member.api()
                            .call("POST", "/expenses/import")
                            .raw(part.getBytes(StandardCharsets.UTF_8), "multipart/form-data; boundary=b"),
                    200,
                    201);
            assertThat(imported.json().path("recorded").asInt())
                    .as(imported.text())
                    .isOne();
            var id = read("/imports", 200)
                    .json()
                    .path("items")
                    .path(0)
                    .path("id")
                    .asString();
            wrote(member.api().post("/imports/" + id + "/undo", Map.of("reason", "Another file")), 200);
            assertThat(read("/imports", 200)
                            .json()
                            .path("items")
                            .path(0)
                            .path("state")
                            .asString())
                    .isEqualTo("undone");
        }

        private void lookAround() {
            for (var path : List.of(
                    "/expenses?limit=20",
                    "/expenses?state=deleted",
                    "/expenses?q=deli&sort=-amount&currency=EUR",
                    "/expenses/export?format=csv",
                    "/reports/categories?from=2026-01-01&to=2026-12-31",
                    "/reports/spending?groupBy=month,mealType&from=2026-01-01&to=2026-12-31",
                    "/places?q=co",
                    "/tags",
                    "/categories")) {
                read(path, 200);
            }
        }

        private Answer wrote(Api.Call call, int... expected) {
            var answer = counted(call, expected);
            lastWrite = answer;
            return answer;
        }

        /** What is read contains what was written last. */
        private Answer read(String path, int expected) {
            var call = member.api().get(path);
            if (lastWrite != null) {
                call.header("Consistency-Token", lastWrite.consistencyToken());
            }
            return counted(call, expected);
        }

        /** Never patiently: whoever is asked to wait was not answered. */
        private Answer counted(Api.Call call, int... expected) {
            var answer = call.send().expect(expected);
            answers.incrementAndGet();
            Crowd.pause(thought.toMillis());
            return answer;
        }
    }
}
