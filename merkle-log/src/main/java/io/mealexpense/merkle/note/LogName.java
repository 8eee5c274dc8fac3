package io.mealexpense.merkle.note;

/**
 * What a log is called in its checkpoints: one name for as long as it only grows, and another one, made from the first,
 * from every declared recovery on. Checkpoints of both are in conflict where something was lost, and never have the same
 * name.
 *
 * @param base the name that the log began with
 * @param series what follows it, empty at first; also what the folder or prefix below that of the base is called
 */
public record LogName(String base, String series) {

    private static final String SEPARATOR = "/";

    /** What the name of every series but the first begins with. */
    public static final String SINCE = "since-";

    /** The series that begins with a declaration; {@code unique} keeps two at the same position apart. */
    public static String series(long position, String unique) {
        return SINCE + position + "-" + unique;
    }

    public static LogName parse(String name) {
        var at = name.indexOf(SEPARATOR + SINCE);
        return at < 0 ? new LogName(name, "") : new LogName(name.substring(0, at), name.substring(at + 1));
    }

    /** As it stands in checkpoints and keys. */
    @Override
    public String toString() {
        return series.isEmpty() ? base : base + SEPARATOR + series;
    }
}
