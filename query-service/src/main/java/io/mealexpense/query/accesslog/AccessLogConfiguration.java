package io.mealexpense.query.accesslog;

import io.mealexpense.edge.access.AccessRecorder;
import io.mealexpense.edge.security.Actor;
import io.mealexpense.edge.security.Role;
import jakarta.servlet.http.HttpServletRequest;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Puts the recorder in front of every read of this side. */
@Configuration
class AccessLogConfiguration implements WebMvcConfigurer {

    /** What is written down whoever asks. */
    private static final String AUDIT = "/api/v1/audit/";

    /** Tells whether anything can be recorded, and nothing of anybody; every page asks for it. */
    private static final String LOG_STATE = "/api/v1/log";

    private final DataSource dataSource;

    AccessLogConfiguration(@Qualifier("queryDataSource") DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(
                        new AccessRecorder(dataSource, "io.mealexpense.query.", AccessLogConfiguration::isWatched))
                .order(AccessRecorder.AFTER_ROLES);
    }

    private static boolean isWatched(Actor actor, HttpServletRequest request) {
        return !request.getRequestURI().equals(LOG_STATE)
                && (actor.has(Role.AUDITOR) || request.getRequestURI().startsWith(AUDIT));
    }
}
