package io.mealexpense.benchmarks.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a run took place on, without a word on whose machine it is. */
public final class Machine {

    private Machine() {}

    /**
     * @param pgbench its version
     * @param settings of the PostgreSQL server
     */
    public static Map<String, Object> describe(String pgbench, Map<String, String> settings) {
        var machine = new LinkedHashMap<String, Object>();
        machine.put("cores", Runtime.getRuntime().availableProcessors());
        machine.put("memoryGiB", Math.round(number("/proc/meminfo", "MemTotal:") / 1024.0 / 1024.0));
        machine.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        machine.put("jdk", System.getProperty("java.version"));
        machine.put("postgresql", settings.getOrDefault("server_version", "unknown"));
        machine.put("pgbench", pgbench.replaceAll("^\\D*([\\d.]+).*", "$1"));
        var others = new LinkedHashMap<>(settings);
        others.remove("server_version");
        machine.put("settings", others);
        return machine;
    }

    private static double number(String file, String line) {
        try (var lines = Files.lines(Path.of(file))) {
            return lines.filter(it -> it.startsWith(line))
                    .mapToDouble(it -> Double.parseDouble(it.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException notLinux) {
            return 0;
        }
    }
}
