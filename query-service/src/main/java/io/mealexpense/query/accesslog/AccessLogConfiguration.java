package io.mealexpense.query.accesslog;

import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Puts the recorder in front of every read of this side. */
@Configuration
class AccessLogConfiguration implements WebMvcConfigurer {

    /** After the edge has decided who may ask: what nobody would have been told is not worth a line. */
    private static final int AFTER_ROLES = 200;

    private final AccessRecorder recorder;

    AccessLogConfiguration(AccessRecorder recorder) {
        this.recorder = recorder;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(recorder).order(AFTER_ROLES);
    }
}
