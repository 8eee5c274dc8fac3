package io.mealexpense.query.eventstream;

import io.mealexpense.events.serialization.EventSerializer;
import io.mealexpense.events.upcasting.EventUpcasters;
import io.mealexpense.query.readmodel.ProjectionProgress;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.config.EventProcessingConfigurer;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.TrackingEventProcessorConfiguration;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.messaging.unitofwork.RollbackConfigurationType;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** Runs every projection on a processor of its own: one segment, batches, and a stop rather than a skipped event. */
@Configuration
class EventStreamConfiguration {

    private static final Logger log = LoggerFactory.getLogger(EventStreamConfiguration.class);

    /** Characters of an error that are kept. */
    private static final int ERROR_LENGTH = 1_000;

    @Bean
    ProjectionProgress queryProjectionProgress() {
        return new ProjectionProgress();
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    LogHead queryLogHead(QueryProperties properties) {
        return new LogHead(properties.logDatasource(), properties.projections().pollInterval());
    }

    @Bean
    LogSource queryLogSource(
            @Qualifier("queryLogJdbcClient") JdbcClient jdbc, LogHead head, QueryProperties properties) {
        return new LogSource(
                jdbc,
                head,
                EventSerializer.create(),
                EventUpcasters.chain(),
                properties.projections().batchSize());
    }

    /** The token store is no bean: one that is would be taken for every processor of the process. */
    @Bean
    ConfigurerModule queryProcessors(
            List<Projection> projections,
            QueryProperties properties,
            ProjectionProgress progress,
            LogSource source,
            @Qualifier("queryJdbcClient") JdbcClient jdbc,
            @Qualifier("queryTransactionManager") PlatformTransactionManager transactions) {
        var tokens = new ProjectionTokenStore(
                jdbc,
                progress,
                ManagementFactory.getRuntimeMXBean().getName() + "/" + UUID.randomUUID(),
                properties.projections().claimTimeout());
        var transactionManager = new SpringTransactionManager(transactions);
        return configurer -> configurer.eventProcessing(processors -> projections.forEach(projection -> register(
                processors, projection.group(), source, tokens, transactionManager, properties.projections())));
    }

    private static void register(
            EventProcessingConfigurer processors,
            String group,
            LogSource source,
            ProjectionTokenStore tokens,
            TransactionManager transactions,
            QueryProperties.ProjectionProperties properties) {
        processors
                .registerTrackingEventProcessor(group, c -> source, c -> configuration(group, tokens, properties))
                .registerTokenStore(group, c -> tokens)
                .registerTransactionManager(group, c -> transactions)
                .registerRollbackConfiguration(group, c -> RollbackConfigurationType.ANY_THROWABLE)
                .registerErrorHandler(group, c -> PropagatingErrorHandler.instance())
                .registerListenerInvocationErrorHandler(group, c -> PropagatingErrorHandler.instance());
    }

    static TrackingEventProcessorConfiguration configuration(
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

    private static void keepErrors(
            String group, ProjectionTokenStore tokens, Map<Integer, EventTrackerStatus> statuses) {
        statuses.forEach((segment, status) -> {
            if (status.isErrorState()) {
                try {
                    tokens.failed(group, segment, describe(status.getError()));
                } catch (RuntimeException notKept) {
                    log.warn("The error of projection {} could not be kept", group, notKept);
                }
            }
        });
    }

    /** The chain of causes, without what the processing adds around them. */
    private static String describe(Throwable error) {
        var root = error;
        while (root.getCause() != null && !(root instanceof LogBrokenException)) {
            root = root.getCause();
        }
        var text = root.getClass().getSimpleName() + ": " + root.getMessage();
        return text.length() > ERROR_LENGTH ? text.substring(0, ERROR_LENGTH) : text;
    }
}
