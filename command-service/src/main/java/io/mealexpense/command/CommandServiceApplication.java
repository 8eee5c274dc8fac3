package io.mealexpense.command;

import io.mealexpense.command.eventstore.CommandMigration;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The write side as a process of its own. */
@Configuration
@EnableAutoConfiguration(
        excludeName = {
            "org.axonframework.springboot.autoconfig.JdbcAutoConfiguration",
            "org.axonframework.springboot.autoconfig.JpaAutoConfiguration",
            "org.axonframework.springboot.autoconfig.JpaEventStoreAutoConfiguration",
            "org.axonframework.springboot.autoconfig.TransactionAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration",
            "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration",
            "org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration",
            "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration"
        })
@Import(CommandSide.class)
public class CommandServiceApplication {

    public static void main(String[] args) {
        try {
            if (List.of(args).contains(CommandMigration.ARGUMENT)) {
                CommandMigration.run(args);
            } else {
                SpringApplication.run(CommandServiceApplication.class, args);
            }
        } catch (Throwable failedToStart) {
            // it has been reported; Axon's threads would keep a dead process alive
            System.exit(1);
        }
    }
}
