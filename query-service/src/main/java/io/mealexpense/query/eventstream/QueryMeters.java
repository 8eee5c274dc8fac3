package io.mealexpense.query.eventstream;

/** The meters of the read side; docs/metrics.md says what they mean. Every label takes a few values, all of them ours. */
public final class QueryMeters {

    /** Last position of the log, as this process has seen it. */
    public static final String LOG_HEAD = "meals.log.head.position";

    /** These are by projection, and the same whichever instance is asked. */
    public static final String POSITION = "meals.projection.position";

    public static final String LAG_EVENTS = "meals.projection.lag.events";
    public static final String LAG_SECONDS = "meals.projection.lag.seconds";
    public static final String DEAD_LETTERS = "meals.projection.dead.letters";

    /** By state as well: 1 for the one that it is in. */
    public static final String STATE = "meals.projection.state";

    public static final String REBUILDS = "meals.rebuilds.unfinished";
    public static final String REBUILDS_UNDECIDED = "meals.rebuilds.undecided";

    /** These are of the rebuild that is under way, 0 without one. */
    public static final String REBUILD_POSITION = "meals.rebuild.position";

    public static final String REBUILD_TARGET = "meals.rebuild.target";
    public static final String REBUILD_RATE = "meals.rebuild.rate";

    private QueryMeters() {}
}
