package io.mealexpense.query.eventstream;

import io.mealexpense.edge.trace.Traces;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.TrackingEventProcessor;
import org.axonframework.eventhandling.TrackingEventProcessorConfiguration;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.messaging.unitofwork.RollbackConfigurationType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Projects one read model: one segment, one thread, batches in transactions; an event is put aside or stopped at, never
 * skipped. What failed is tried again within seconds, because most failures are a database that is away for a moment.
 */
final class ProjectionProcessor extends TrackingEventProcessor {

    private static final long LONGEST_PAUSE_MILLIS = 5_000;

    /** Before a batch is done again that an event spoiled: nobody has to come back first. */
    private static final long CAREFUL_PAUSE_MILLIS = 20;

    /** Before this instance looks again whether somebody has what it handed over. */
    private static final long HANDED_OVER_MILLIS = 2_000;

    private static final Logger log = LoggerFactory.getLogger(ProjectionProcessor.class);

    private final Projector projector;

    ProjectionProcessor(
            Projector projector,
            LogSource source,
            ProjectionTokenStore tokens,
            TransactionManager transactions,
            QueryProperties.ProjectionProperties properties,
            Traces traces) {
        super(TrackingEventProcessor.builder()
                .name(projector.projection().group())
                .messageSource(source)
                .tokenStore(tokens)
                .transactionManager(transactions)
                .rollbackConfiguration(RollbackConfigurationType.ANY_THROWABLE)
                .errorHandler(PropagatingErrorHandler.instance())
                .eventHandlerInvoker(new BatchInvoker(projector, tokens, traces))
                .trackingEventProcessorConfiguration(configuration(projector.projection(), tokens, properties)));
        this.projector = projector;
    }

    private static TrackingEventProcessorConfiguration configuration(
            Projection projection, ProjectionTokenStore tokens, QueryProperties.ProjectionProperties properties) {
        var claim = properties.claimTimeout().toMillis();
        return TrackingEventProcessorConfiguration.forSingleThreadedProcessing()
                .andInitialSegmentsCount(1)
                .andBatchSize(properties.batchSize())
                .andInitialTrackingToken(StreamableMessageSource::createTailToken)
                // an idle owner renews its claim four times before it could be lost
                .andEventAvailabilityTimeout(claim / 4, TimeUnit.MILLISECONDS)
                // others notice a lost claim soon after, so that its projection moves on within five seconds
                .andTokenClaimInterval(Math.min(claim / 8, 500), TimeUnit.MILLISECONDS)
                .andWorkerTerminationTimeout(5, TimeUnit.SECONDS)
                .andEventTrackerStatusChangeListener(statuses -> keepErrors(projection.group(), tokens, statuses));
    }

    /** Leaves the projection to another instance, which looks for one several times meanwhile. */
    void handOver() {
        releaseSegment(0, HANDED_OVER_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    protected void doSleepFor(long millis) {
        super.doSleepFor(pause(millis));
    }

    @Override
    protected void doSleepFor(long millis, AtomicBoolean interrupted) {
        super.doSleepFor(pause(millis), interrupted);
    }

    private long pause(long millis) {
        return Math.min(millis, projector.isCareful() ? CAREFUL_PAUSE_MILLIS : LONGEST_PAUSE_MILLIS);
    }

    private static void keepErrors(
            String group, ProjectionTokenStore tokens, Map<Integer, EventTrackerStatus> statuses) {
        statuses.forEach((segment, status) -> {
            if (status.isErrorState()) {
                try {
                    tokens.failed(group, segment, Failures.describe(status.getError()));
                } catch (RuntimeException notKept) {
                    log.warn("The error of projection {} could not be kept: {}", group, notKept.getMessage());
                }
            }
        });
    }
}
