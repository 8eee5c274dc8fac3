package io.mealexpense.benchmarks.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** CPU time and memory of processes, as Linux counts them. */
public final class Cpu {

    /** Ticks in a second; fixed for programs on Linux, whatever the kernel's own rate. */
    private static final double TICKS = 100;

    private static final Path PROC = Path.of("/proc");

    private Cpu() {}

    /** Seconds of CPU that a process has used, 0 if it is gone. */
    public static double seconds(long pid) {
        var stat = stat(pid);
        return stat.length == 0 ? 0 : (number(stat, 11) + number(stat, 12)) / TICKS;
    }

    /** Seconds of CPU that a process and its children have used, ended children included. */
    public static double familySeconds(long parent) {
        var stat = stat(parent);
        var ticks = stat.length == 0 ? 0 : number(stat, 11) + number(stat, 12) + number(stat, 13) + number(stat, 14);
        try (var processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (var process : processes) {
                var child = stat(Long.parseLong(process.getFileName().toString()));
                if (child.length > 0 && number(child, 1) == parent) {
                    ticks += number(child, 11) + number(child, 12);
                }
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return ticks / TICKS;
    }

    /** Resident memory of a process in MiB, 0 if it is gone. */
    public static double residentMegabytes(long pid) {
        try (var lines = Files.lines(PROC.resolve(Long.toString(pid)).resolve("status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException gone) {
            return 0;
        }
    }

    /** The fields from the state on: the name before them may hold anything. */
    private static String[] stat(long pid) {
        try {
            var text = Files.readString(PROC.resolve(Long.toString(pid)).resolve("stat"));
            return text.substring(text.lastIndexOf(')') + 2).split(" ");
        } catch (IOException gone) {
            return new String[0];
        }
    }

    private static long number(String[] stat, int index) {
        return Long.parseLong(stat[index]);
    }
}
