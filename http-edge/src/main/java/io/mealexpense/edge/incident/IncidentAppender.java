package io.mealexpense.edge.incident;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes an incident of every line of level ERROR. */
final class IncidentAppender extends AppenderBase<ILoggingEvent> {

    private static final int CAUSES = 10;

    private final IncidentTracker tracker;

    IncidentAppender(IncidentTracker tracker) {
        this.tracker = tracker;
    }

    @Override
    protected void append(ILoggingEvent line) {
        if (line.getLevel().isGreaterOrEqual(Level.ERROR)) {
            tracker.report(new Incident(
                    line.getInstant(),
                    line.getLoggerName(),
                    line.getMessage(),
                    Map.copyOf(line.getMDCPropertyMap()),
                    causes(line.getThrowableProxy())));
        }
    }

    private static List<Incident.Cause> causes(@Nullable IThrowableProxy outermost) {
        var causes = new ArrayList<Incident.Cause>();
        for (var cause = outermost; cause != null && causes.size() < CAUSES; cause = cause.getCause()) {
            causes.add(new Incident.Cause(
                    cause.getClassName(),
                    Arrays.stream(cause.getStackTraceElementProxyArray())
                            .map(StackTraceElementProxy::getStackTraceElement)
                            .toList()));
        }
        return causes;
    }
}
