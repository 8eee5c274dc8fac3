package io.mealexpense.query.eventstream;

import io.mealexpense.edge.trace.Traces;
import io.mealexpense.query.readmodel.ProjectionProgress;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.UUID;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** Runs every projection on a processor of its own, all of them on the one log. */
@Configuration
class EventStreamConfiguration {

    /** Names this process among all that ever run. */
    private final String instance = ManagementFactory.getRuntimeMXBean().getName() + "/" + UUID.randomUUID();

    @Bean
    ProjectionProgress queryProjectionProgress() {
        return new ProjectionProgress();
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    LogHead queryLogHead(QueryProperties properties) {
        return new LogHead(properties.logDatasource(), properties.projections().pollInterval());
    }

    @Bean
    MeterBinder queryLogMeters(LogHead head) {
        return registry -> Gauge.builder(
                        QueryMeters.LOG_HEAD, head, it -> it.position() == LogHead.UNKNOWN ? Double.NaN : it.position())
                .description("Last position of the log")
                .register(registry);
    }

    @Bean
    LogSource queryLogSource(
            @Qualifier("queryLogJdbcClient") JdbcClient jdbc, LogHead head, QueryProperties properties) {
        return new LogSource(jdbc, head, properties.projections().batchSize());
    }

    @Bean
    Projectors queryProjectors(
            List<Projection> projections,
            LogSource source,
            @Qualifier("queryJdbcClient") JdbcClient jdbc,
            @Qualifier("queryTransactionManager") PlatformTransactionManager transactions) {
        var letters = new DeadLetters(jdbc);
        return new Projectors(projections, projection -> new Projector(projection, source, letters, transactions));
    }

    @Bean
    Sharing querySharing(
            EventProcessingConfiguration processors,
            QueryProperties properties,
            @Qualifier("queryJdbcClient") JdbcClient jdbc) {
        return new Sharing(
                jdbc,
                instance,
                properties.projections().claimTimeout(),
                projection -> processors
                        .eventProcessor(projection, ProjectionProcessor.class)
                        .ifPresent(ProjectionProcessor::handOver));
    }

    /** The token store is no bean: one that is would be taken for every processor of the process. */
    @Bean
    ConfigurerModule queryProcessors(
            Projectors projectors,
            QueryProperties properties,
            ProjectionProgress progress,
            LogSource source,
            FirstCopies firstCopies,
            Traces traces,
            @Qualifier("queryJdbcClient") JdbcClient jdbc,
            @Qualifier("queryTransactionManager") PlatformTransactionManager transactions) {
        var tokens = new ProjectionTokenStore(
                jdbc, source, progress, instance, properties.projections().claimTimeout(), firstCopies);
        var transactionManager = new SpringTransactionManager(transactions);
        return configurer -> configurer.eventProcessing(processors -> projectors
                .all()
                .forEach(projector -> processors.registerEventProcessor(
                        projector.projection().group(),
                        (name, configuration, handlers) -> new ProjectionProcessor(
                                projector, source, tokens, transactionManager, properties.projections(), traces))));
    }
}
