package io.mealexpense.edge.incident;

import ch.qos.logback.classic.Logger;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Listens to the log if somebody wants to hear of incidents. */
@Configuration
@EnableConfigurationProperties(IncidentProperties.class)
public class IncidentConfiguration {

    @Bean
    Listening incidents(IncidentProperties properties, @Value("${spring.application.name:meals}") String service) {
        return new Listening(properties, service);
    }

    /** From the start of the context to its end, or not at all. */
    static final class Listening implements InitializingBean, DisposableBean {

        private final IncidentProperties properties;
        private final String service;
        private @Nullable SentryTracker tracker;
        private @Nullable IncidentAppender appender;

        Listening(IncidentProperties properties, String service) {
            this.properties = properties;
            this.service = service;
        }

        private static Logger root() {
            return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        }

        @Override
        public void afterPropertiesSet() {
            if (properties.dsn().isBlank()) {
                return;
            }
            tracker = new SentryTracker(properties, service);
            appender = new IncidentAppender(tracker);
            appender.setContext(root().getLoggerContext());
            appender.start();
            root().addAppender(appender);
        }

        @Override
        public void destroy() throws InterruptedException {
            if (appender != null && tracker != null) {
                root().detachAppender(appender);
                appender.stop();
                tracker.close();
            }
        }
    }
}
