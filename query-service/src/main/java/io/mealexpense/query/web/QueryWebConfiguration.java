package io.mealexpense.query.web;

import jakarta.validation.Validator;
import java.util.List;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** What the controllers of the read side take, and how they answer. */
@Configuration
class QueryWebConfiguration implements WebMvcConfigurer {

    /** After the edge has decided who may ask: 403 comes before 400. */
    private static final int AFTER_ROLES = 100;

    private final Validator validator;

    QueryWebConfiguration(Validator validator) {
        this.validator = validator;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new PrivateAnswers()).order(AFTER_ROLES);
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new QueryParametersBinder(validator));
        resolvers.add(new AtLeastResolver());
        resolvers.add(new MomentResolver());
    }
}
