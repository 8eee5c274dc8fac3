package io.mealexpense.query.readmodel;

import io.mealexpense.query.eventstream.QueryProperties;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** Reads of the live read models. */
@Configuration
class ReadModelConfiguration {

    @Bean
    ConsistentReads queryConsistentReads(
            @Qualifier("queryJdbcClient") JdbcClient jdbc,
            @Qualifier("queryTransactionManager") PlatformTransactionManager transactions,
            ProjectionProgress progress,
            Past past,
            QueryProperties properties) {
        return new ConsistentReads(jdbc, transactions, progress, past, properties.consistencyTimeout());
    }
}
