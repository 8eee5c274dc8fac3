package io.mealexpense.query;

import io.mealexpense.edge.security.RemoteKeys;
import io.mealexpense.edge.security.RemoteRevocations;
import io.mealexpense.query.eventstream.QueryMigration;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.web.client.RestClient;

/** The read side as a process of its own: who asks, it learns from the command side's published keys. */
@Configuration
@EnableAutoConfiguration(excludeName = "org.axonframework.springboot.autoconfig.TransactionAutoConfiguration")
@EnableScheduling
@Import(QuerySide.class)
public class QueryServiceApplication {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    public static void main(String[] args) {
        try {
            if (List.of(args).contains(QueryMigration.ARGUMENT)) {
                QueryMigration.run(args);
            } else {
                SpringApplication.run(QueryServiceApplication.class, args);
            }
        } catch (Throwable failedToStart) {
            // it has been reported; Axon's threads would keep a dead process alive
            System.exit(1);
        }
    }

    @Bean
    RemoteKeys verificationKeys(@Value("${meals.jwks-url}") URI uri, Clock clock) {
        return new RemoteKeys(http(), uri, clock);
    }

    @Bean
    RemoteRevocations revocations(@Value("${meals.revocations-url}") URI uri) {
        return new RemoteRevocations(http(), uri);
    }

    @Bean
    RevocationRefresh revocationRefresh(RemoteRevocations revocations) {
        return new RevocationRefresh(revocations);
    }

    private static RestClient http() {
        var requests = new JdkClientHttpRequestFactory(
                java.net.http.HttpClient.newBuilder().connectTimeout(TIMEOUT).build());
        requests.setReadTimeout(TIMEOUT);
        return RestClient.builder().requestFactory(requests).build();
    }

    /** Often enough that a sign-out counts here well within a minute. */
    record RevocationRefresh(RemoteRevocations revocations) {

        @Scheduled(fixedDelay = 15_000)
        void refresh() {
            revocations.refresh();
        }
    }
}
