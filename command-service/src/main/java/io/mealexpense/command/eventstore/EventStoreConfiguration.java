package io.mealexpense.command.eventstore;

import io.mealexpense.command.metrics.CommandMeters;
import io.mealexpense.edge.trace.Traces;
import io.mealexpense.events.serialization.EventSerializer;
import io.mealexpense.events.upcasting.EventReader;
import javax.sql.DataSource;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires Axon to the log; every piece is declared here because with JPA on the class path others would win. */
@Configuration
class EventStoreConfiguration {

    @Bean
    AppendRecorder appendRecorder() {
        return new AppendRecorder();
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    LogNotifier logNotifier(@Qualifier("commandDataSource") DataSource dataSource) {
        return new LogNotifier(dataSource);
    }

    @Bean
    StoredEvents storedEvents(@Qualifier("commandDataSource") DataSource dataSource) {
        return new StoredEvents(dataSource, EventReader.create());
    }

    @Bean(destroyMethod = "close")
    Committer committer(
            @Qualifier("commandDataSource") DataSource dataSource,
            LogNotifier notifier,
            CommandDatabaseProperties properties,
            LogGate gate,
            CommandMeters meters) {
        var committer = properties.committer();
        return new Committer(
                new EventLog(dataSource, notifier::appended, gate),
                committer.queueCapacity(),
                committer.maxEvents(),
                meters);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    LogGate logGate(
            @Qualifier("commandDataSource") DataSource dataSource,
            ObjectProvider<LogMemory> memories,
            CommandMeters meters) {
        var gate = new LogGate(dataSource, () -> memories.forEach(LogMemory::forget));
        meters.closed(gate::isClosed);
        return gate;
    }

    @Bean
    LogRecovery logRecovery(
            @Qualifier("commandDataSource") DataSource dataSource,
            LogGate gate,
            LogNotifier notifier,
            CommandMeters meters) {
        return new LogRecovery(dataSource, gate, notifier::appended, meters);
    }

    @Bean(AggregateMemory.NAME)
    AggregateMemory aggregateMemory() {
        return new AggregateMemory();
    }

    @Bean
    OwnedEvents ownedEvents(@Qualifier("commandDataSource") DataSource dataSource) {
        return new OwnedEvents(dataSource, EventReader.create());
    }

    @Bean
    @Qualifier("eventStore")
    EventStore eventBus(
            @Qualifier("commandDataSource") DataSource dataSource,
            AppendRecorder recorder,
            Committer committer,
            CommandMeters meters,
            Traces traces) {
        return EmbeddedEventStore.builder()
                .storageEngine(new PostgresEventStorageEngine(
                        dataSource, committer, recorder, EventSerializer.create(), meters, traces))
                .build();
    }

    /** A command appends once and writes nothing else, so it needs no transaction around it. */
    @Bean
    CommandBus commandBus() {
        var bus = SimpleCommandBus.builder()
                .transactionManager(NoTransactionManager.instance())
                .build();
        bus.registerHandlerInterceptor(new CorrelationDataInterceptor<>(new EventMetadataProvider()));
        return bus;
    }
}
