package io.mealexpense.benchmarks;

/** What a run says while it runs. */
final class Console {

    private static final long BEGAN = System.nanoTime();

    private Console() {}

    static void step(String what) {
        System.out.printf("%n[%3d s] %s%n", (System.nanoTime() - BEGAN) / 1_000_000_000, what);
    }

    static void detail(String what) {
        System.out.println(what);
    }
}
