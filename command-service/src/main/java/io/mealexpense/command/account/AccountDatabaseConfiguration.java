package io.mealexpense.command.account;

import jakarta.persistence.EntityManagerFactory;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;

/** JPA over the schema {@code account}; every bean is named, because another side may live in the same process. */
@Configuration
@EnableConfigurationProperties(AccountProperties.class)
@EnableJpaRepositories(
        entityManagerFactoryRef = "accountEntityManagerFactory",
        transactionManagerRef = "accountTransactionManager",
        nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class)
class AccountDatabaseConfiguration {

    @Bean
    LocalContainerEntityManagerFactoryBean accountEntityManagerFactory(
            @Qualifier("commandDataSource") DataSource dataSource) {
        var factory = new LocalContainerEntityManagerFactoryBean();
        factory.setDataSource(dataSource);
        factory.setPersistenceUnitName("account");
        factory.setPackagesToScan(AccountDatabaseConfiguration.class.getPackageName());
        factory.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
        factory.setJpaPropertyMap(Map.of(
                "hibernate.default_schema", "account",
                "hibernate.hbm2ddl.auto", "none",
                "hibernate.jdbc.time_zone", "UTC",
                "jakarta.persistence.validation.mode", "none"));
        return factory;
    }

    @Bean
    JpaTransactionManager accountTransactionManager(
            @Qualifier("accountEntityManagerFactory") EntityManagerFactory factory) {
        return new JpaTransactionManager(factory);
    }
}
