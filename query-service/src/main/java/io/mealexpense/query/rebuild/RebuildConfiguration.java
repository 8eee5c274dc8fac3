package io.mealexpense.query.rebuild;

import io.mealexpense.query.eventstream.FirstCopies;
import io.mealexpense.query.eventstream.LogSource;
import io.mealexpense.query.eventstream.Projectors;
import io.mealexpense.query.eventstream.QueryProperties;
import java.lang.management.ManagementFactory;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Runs rebuilds in the background. */
@Configuration
class RebuildConfiguration {

    @Bean
    FirstCopies queryFirstCopies(
            Projectors projectors,
            LogSource source,
            @Qualifier("queryJdbcClient") JdbcClient jdbc,
            QueryProperties properties) {
        return new FirstCopyRequests(
                projectors, source, jdbc, properties.projections().firstCopyFrom());
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    RebuildRunner queryRebuildRunner(
            @Qualifier("queryDataSource") DataSource dataSource,
            @Qualifier("queryRebuildDataSource") DataSource beside,
            @Qualifier("queryJdbcClient") JdbcClient jdbc,
            @Qualifier("queryTransactionManager") PlatformTransactionManager transactions,
            Projectors projectors,
            LogSource source,
            QueryProperties properties) {
        var instance = ManagementFactory.getRuntimeMXBean().getName() + "/" + UUID.randomUUID();
        var store = new RebuildStore(jdbc, instance);
        var template = new TransactionTemplate(transactions);
        return new RebuildRunner(
                beside,
                projectors,
                store,
                new Generations(jdbc, template),
                new LogCopier(source, dataSource, jdbc, store, transactions),
                new CopyFollower(source, jdbc, template),
                properties.projections().claimTimeout());
    }
}
