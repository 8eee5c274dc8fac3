package io.mealexpense.benchmarks.measure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Looks every second how much memory the services have resident. */
public final class Memory implements AutoCloseable {

    private final Map<String, Long> watched = new ConcurrentHashMap<>();
    private final Map<String, List<Double>> seen = new LinkedHashMap<>();
    private final Thread thread = Thread.ofPlatform().name("memory").daemon().start(this::run);

    public void watch(String name, long pid) {
        watched.put(name, pid);
    }

    private void run() {
        try {
            while (!Thread.interrupted()) {
                watched.forEach((name, pid) -> {
                    var megabytes = Cpu.residentMegabytes(pid);
                    if (megabytes > 0) {
                        synchronized (seen) {
                            seen.computeIfAbsent(name, it -> new ArrayList<>()).add(megabytes);
                        }
                    }
                });
                Thread.sleep(1_000);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** MiB at most, over the whole run. */
    public Map<String, Double> largest() {
        synchronized (seen) {
            var largest = new LinkedHashMap<String, Double>();
            seen.forEach((name, all) ->
                    largest.put(name, all.stream().mapToDouble(it -> it).max().orElse(0)));
            return largest;
        }
    }

    /** How much more the last tenth of the run needed than the middle of it; 1 is flat. */
    public Map<String, Double> growth() {
        synchronized (seen) {
            var growth = new LinkedHashMap<String, Double>();
            seen.forEach((name, all) -> {
                var tenth = Math.max(1, all.size() / 10);
                var end = all.subList(all.size() - tenth, all.size());
                var middle = all.subList(all.size() / 2, Math.min(all.size(), all.size() / 2 + tenth));
                growth.put(name, Numbers.median(end) / Numbers.median(middle));
            });
            return growth;
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
