package io.mealexpense.benchmarks.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a run found out.
 *
 * @param machine what it took place on
 * @param commit of the product
 * @param full whether with the large history
 * @param events in the log at the beginning
 * @param noisy whether an anchor differed from itself by more than 2 ×: such a run says little
 */
public record Report(
        Map<String, Object> machine,
        String commit,
        Instant measuredAt,
        boolean full,
        long seed,
        long events,
        boolean noisy,
        List<Metric> metrics) {

    private static final double SCALE = 2;

    private static final String PAGE = """
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Benchmarks</title>
            <style>
              :root { color-scheme: light dark; --ink: #1c1917; --soft: #57534e; --line: #e7e5e4; --paper: #fff;
                --good: #15803d; --bad: #b91c1c; --told: #0e7490; }
              @media (prefers-color-scheme: dark) {
                :root { --ink: #f5f5f4; --soft: #a8a29e; --line: #44403c; --paper: #1c1917; --good: #4ade80;
                  --bad: #f87171; --told: #22d3ee; } }
              body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper);
                max-width: 60rem; margin: 0 auto; padding: 1rem; }
              h1 { font-size: 1.5rem; margin: .5rem 0; } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
              p, small { color: var(--soft); margin: .25rem 0; }
              ul { list-style: none; padding: 0; margin: 0; }
              li { border-top: 1px solid var(--line); padding: .6rem 0; }
              .head { display: flex; flex-wrap: wrap; gap: .1rem 1rem; justify-content: space-between; }
              .value { font-variant-numeric: tabular-nums; font-weight: 600; white-space: nowrap; }
              .bar { position: relative; height: .6rem; background: var(--line); border-radius: .3rem; margin: .3rem 0; }
              .bar i { position: absolute; inset: 0 auto 0 0; border-radius: .3rem; }
              .bar b { position: absolute; top: -.2rem; bottom: -.2rem; left: 50%%; width: 2px; background: var(--ink); }
              .met i { background: var(--good); } .missed i { background: var(--bad); }
              .met .word { color: var(--good); } .missed .word { color: var(--bad); }
              .noisy { border: 1px solid var(--bad); border-radius: .4rem; padding: .5rem .8rem; color: var(--bad); }
              code { font-size: .85rem; color: var(--soft); }
            </style>
            <h1>Benchmarks</h1>
            <p>%s</p>
            %s
            <h2>Figures with a goal</h2>
            <p>The line in the middle of each bar is the goal: a bar that reaches it is met. Ratios are taken against limits
            measured in the same run, in turn with the figures.</p>
            <ul>
            %s</ul>
            <h2>Told beside them</h2>
            <ul>
            %s</ul>
            <p>Made from <a href="latest.json">latest.json</a> by <code>./benchmarks/run</code>.</p>
            """;

    /** The data file and the page beside it. */
    public void write(Path folder) {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("latest.json"), json() + "\n");
            Files.writeString(folder.resolve("index.html"), page());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    String json() {
        var all = new LinkedHashMap<String, Object>();
        all.put("machine", machine);
        all.put("commit", commit);
        all.put("measuredAt", measuredAt.toString());
        all.put("full", full);
        all.put("seed", seed);
        all.put("events", events);
        all.put("noisy", noisy);
        all.put("metrics", metrics.stream().map(Report::fields).toList());
        return JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValueAsString(all);
    }

    private static Map<String, Object> fields(Metric metric) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("id", metric.id());
        fields.put("what", metric.what());
        fields.put("value", metric.value() == null ? null : rounded(metric.value()));
        fields.put("unit", metric.unit());
        fields.put("goal", metric.goal());
        fields.put("met", metric.met());
        fields.put("samples", metric.samples().stream().map(Report::rounded).toList());
        fields.put("note", metric.note());
        return fields;
    }

    /** Four digits that count. */
    private static double rounded(double value) {
        return Double.isFinite(value) && value != 0
                ? new java.math.BigDecimal(value)
                        .round(new java.math.MathContext(4))
                        .doubleValue()
                : 0;
    }

    String page() {
        var goals = new StringBuilder();
        var told = new StringBuilder();
        metrics.forEach(metric -> (metric.goal() == null ? told : goals).append(item(metric)));
        var when = DateTimeFormatter.ISO_LOCAL_DATE.withZone(ZoneOffset.UTC).format(measuredAt);
        return PAGE.formatted(
                "%s · commit %s · %s cores, %s GiB, %s · Java %s · PostgreSQL %s · %,d events to begin with%s"
                        .formatted(
                                when,
                                escaped(commit),
                                machine.get("cores"),
                                machine.get("memoryGiB"),
                                escaped(String.valueOf(machine.get("os"))),
                                escaped(String.valueOf(machine.get("jdk"))),
                                escaped(String.valueOf(machine.get("postgresql"))),
                                events,
                                full ? " · full run" : ""),
                noisy
                        ? "<p class=\"noisy\">The machine was busy with other things: a limit differed from itself by more than 2 ×.</p>"
                        : "",
                goals,
                told);
    }

    private static String item(Metric metric) {
        var state = metric.met() == null ? "" : metric.met() ? "met" : "missed";
        var bar = metric.met() == null
                ? ""
                : "<div class=\"bar\" aria-hidden=\"true\"><i style=\"width:%.1f%%\"></i><b></b></div>"
                        .formatted(100 * Math.min(1, reached(metric) / SCALE));
        var note = metric.note() == null ? "" : "<small>%s</small>".formatted(escaped(metric.note()));
        var goal = metric.goal() == null
                ? ""
                : " <span class=\"word\">goal %s%s</span>"
                        .formatted(escaped(metric.goal()), state.isEmpty() ? "" : ", " + state);
        return "<li class=\"%s\"><div class=\"head\"><span>%s <code>%s</code></span><span class=\"value\">%s%s</span></div>%s%s</li>%n"
                .formatted(
                        state, escaped(metric.what()), escaped(metric.id()), escaped(metric.shown()), goal, bar, note);
    }

    /** 1 at the goal, more beyond it. */
    static double reached(Metric metric) {
        if (metric.value() == null || metric.goal() == null) {
            return 0;
        }
        var goal = Double.parseDouble(metric.goal().substring(2).replace(",", ""));
        if (metric.goal().startsWith("≥")) {
            return metric.value() / goal;
        }
        return metric.value() == 0 ? SCALE : goal / metric.value();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
