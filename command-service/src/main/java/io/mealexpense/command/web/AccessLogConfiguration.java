package io.mealexpense.command.web;

import io.mealexpense.edge.access.AccessRecorder;
import io.mealexpense.edge.security.Actor;
import io.mealexpense.edge.security.Role;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Writes down what auditors read of this side, as the query side does for its own: the directory of accounts. */
@Configuration
class AccessLogConfiguration implements WebMvcConfigurer {

    private static final Set<String> READS = Set.of("GET", "HEAD");

    /** Every page asks it, and it tells nobody about anybody else. */
    private static final String ONESELF = "/api/v1/auth/me";

    private final DataSource dataSource;

    AccessLogConfiguration(@Qualifier("commandDataSource") DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(
                        new AccessRecorder(dataSource, "io.mealexpense.command.", AccessLogConfiguration::isWatched))
                .order(AccessRecorder.AFTER_ROLES);
    }

    private static boolean isWatched(Actor actor, HttpServletRequest request) {
        var path = request.getRequestURI();
        return actor.has(Role.AUDITOR)
                && READS.contains(request.getMethod())
                && path.startsWith("/api/")
                && !path.equals(ONESELF);
    }
}
