package io.mealexpense.edge;

import io.mealexpense.edge.answer.WholeAnswerFilter;
import io.mealexpense.edge.incident.IncidentConfiguration;
import io.mealexpense.edge.json.StrictIds;
import io.mealexpense.edge.json.StrictJson;
import io.mealexpense.edge.metrics.ActiveMembers;
import io.mealexpense.edge.metrics.MetricsPort;
import io.mealexpense.edge.metrics.MetricsProperties;
import io.mealexpense.edge.metrics.RequestTimer;
import io.mealexpense.edge.problem.BodyLimitFilter;
import io.mealexpense.edge.problem.ContainerProblems;
import io.mealexpense.edge.problem.EdgeProblemAdvice;
import io.mealexpense.edge.problem.ProblemErrorController;
import io.mealexpense.edge.problem.RequestIdFilter;
import io.mealexpense.edge.problem.StorableQueryFilter;
import io.mealexpense.edge.security.Actor;
import io.mealexpense.edge.security.EdgeSecurity;
import io.mealexpense.edge.trace.TraceFilter;
import io.mealexpense.edge.trace.TraceProperties;
import io.mealexpense.edge.trace.Traces;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import org.apache.catalina.core.StandardHost;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.web.filter.ServerHttpObservationFilter;

/** Puts the edge in front of whichever side runs in this process, once. */
@AutoConfiguration(
        before = {
            JacksonAutoConfiguration.class,
            ErrorMvcAutoConfiguration.class,
            ServletWebSecurityAutoConfiguration.class
        })
@EnableConfigurationProperties({MetricsProperties.class, TraceProperties.class})
@Import({
    IncidentConfiguration.class,
    EdgeSecurity.class,
    EdgeProblemAdvice.class,
    ProblemErrorController.class,
    StrictIds.class
})
public class EdgeAutoConfiguration {

    static {
        // the actor comes from the token: it is no parameter of any documented operation
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Actor.class);
    }

    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    StrictJson strictJson() {
        return new StrictJson();
    }

    @Bean
    FilterRegistrationBean<RequestIdFilter> requestIdFilter() {
        return first(new FilterRegistrationBean<>(new RequestIdFilter()), 2);
    }

    @Bean
    FilterRegistrationBean<BodyLimitFilter> bodyLimitFilter() {
        return first(new FilterRegistrationBean<>(new BodyLimitFilter()), 3);
    }

    @Bean
    FilterRegistrationBean<StorableQueryFilter> storableQueryFilter() {
        return first(new FilterRegistrationBean<>(new StorableQueryFilter()), 4);
    }

    @Bean
    FilterRegistrationBean<WholeAnswerFilter> wholeAnswerFilter() {
        return first(new FilterRegistrationBean<>(new WholeAnswerFilter()), 5);
    }

    @Bean
    FilterRegistrationBean<RequestTimer> requestTimer(MeterRegistry registry) {
        return first(new FilterRegistrationBean<>(new RequestTimer(registry)), 6);
    }

    /** Observations build names and contexts for every request; {@link RequestTimer} counts the same. */
    @Bean
    FilterRegistrationBean<ServerHttpObservationFilter> noRequestObservations(ObservationRegistry registry) {
        var registration = new FilterRegistrationBean<>(new ServerHttpObservationFilter(registry));
        registration.setEnabled(false);
        return registration;
    }

    @Bean
    ActiveMembers activeMembers() {
        return new ActiveMembers();
    }

    @Bean
    MetricsPort metricsPort(MetricsProperties properties, ObjectProvider<PrometheusMeterRegistry> registry) {
        return new MetricsPort(properties, registry);
    }

    /** Before everything else: what is asked for on that port is no request to the product. */
    @Bean
    FilterRegistrationBean<MetricsPort> metricsPage(MetricsPort port) {
        return first(new FilterRegistrationBean<>(port), 0);
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> metricsConnector(MetricsPort port) {
        return tomcat -> port.connector().ifPresent(tomcat::addAdditionalConnectors);
    }

    @Bean
    Traces traces(TraceProperties properties, @Value("${spring.application.name:meals}") String service) {
        return new Traces(properties, service);
    }

    @Bean
    FilterRegistrationBean<TraceFilter> traceFilter(Traces traces) {
        return first(new FilterRegistrationBean<>(new TraceFilter(traces)), 1);
    }

    private static <T extends jakarta.servlet.Filter> FilterRegistrationBean<T> first(
            FilterRegistrationBean<T> registration, int place) {
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + place);
        return registration;
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> containerProblems() {
        return tomcat -> tomcat.addContextCustomizers(context -> {
            if (context.getParent() instanceof StandardHost host) {
                host.setErrorReportValveClass(ContainerProblems.class.getName());
            }
        });
    }
}
