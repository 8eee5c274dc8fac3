package io.mealexpense.query.eventstream;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.TrackingEventProcessor;
import org.axonframework.eventhandling.TrackingEventProcessorConfiguration;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.messaging.unitofwork.RollbackConfigurationType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Projects one read model: one segment, one thread, batches in transactions, a stop rather than a skipped event. What
 * failed is tried again within seconds, because most failures are a database that is away for a moment.
 */
final class ProjectionProcessor extends TrackingEventProcessor {

    private static final long LONGEST_PAUSE_MILLIS = 5_000;

    /** Characters of an error that are kept. */
    private static final int ERROR_LENGTH = 1_000;

    private static final Logger log = LoggerFactory.getLogger(ProjectionProcessor.class);

    ProjectionProcessor(
            String group,
            LogSource source,
            ProjectionTokenStore tokens,
            TransactionManager transactions,
            EventHandlerInvoker handlers,
            QueryProperties.ProjectionProperties properties) {
        super(TrackingEventProcessor.builder()
                .name(group)
                .messageSource(source)
                .tokenStore(tokens)
                .transactionManager(transactions)
                .rollbackConfiguration(RollbackConfigurationType.ANY_THROWABLE)
                .errorHandler(PropagatingErrorHandler.instance())
                .eventHandlerInvoker(handlers)
                .trackingEventProcessorConfiguration(configuration(group, tokens, properties)));
    }

    private static TrackingEventProcessorConfiguration configuration(
            String group, ProjectionTokenStore tokens, QueryProperties.ProjectionProperties properties) {
        var claim = properties.claimTimeout().toMillis();
        return TrackingEventProcessorConfiguration.forSingleThreadedProcessing()
                .andInitialSegmentsCount(1)
                .andBatchSize(properties.batchSize())
                .andInitialTrackingToken(StreamableMessageSource::createTailToken)
                // an idle owner renews its claim four times before it could be lost
                .andEventAvailabilityTimeout(claim / 4, TimeUnit.MILLISECONDS)
                .andTokenClaimInterval(Math.min(claim / 4, 1_000), TimeUnit.MILLISECONDS)
                .andWorkerTerminationTimeout(5, TimeUnit.SECONDS)
                .andEventTrackerStatusChangeListener(statuses -> keepErrors(group, tokens, statuses));
    }

    @Override
    protected void doSleepFor(long millis) {
        super.doSleepFor(Math.min(millis, LONGEST_PAUSE_MILLIS));
    }

    @Override
    protected void doSleepFor(long millis, AtomicBoolean interrupted) {
        super.doSleepFor(Math.min(millis, LONGEST_PAUSE_MILLIS), interrupted);
    }

    private static void keepErrors(
            String group, ProjectionTokenStore tokens, Map<Integer, EventTrackerStatus> statuses) {
        statuses.forEach((segment, status) -> {
            if (status.isErrorState()) {
                try {
                    tokens.failed(group, segment, describe(status.getError()));
                } catch (RuntimeException notKept) {
                    log.warn("The error of projection {} could not be kept: {}", group, notKept.getMessage());
                }
            }
        });
    }

    /** The cause, without what the processing put around it. */
    private static String describe(Throwable error) {
        var root = error;
        while (root.getCause() != null && !(root instanceof LogBrokenException)) {
            root = root.getCause();
        }
        var text = root.getClass().getSimpleName() + ": " + root.getMessage();
        return text.length() > ERROR_LENGTH ? text.substring(0, ERROR_LENGTH) : text;
    }
}
