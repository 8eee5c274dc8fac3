package io.mealexpense.query.web;

import io.mealexpense.query.readmodel.Moment;
import java.lang.reflect.Method;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * Reads as of when an answer is wanted. An operation that takes a {@link Moment} has the parameter {@code asOf}; others
 * refuse it like any that they do not know.
 */
final class MomentResolver implements HandlerMethodArgumentResolver {

    static final String AS_OF = "asOf";

    static boolean isTakenBy(@Nullable Method operation) {
        return operation != null && Arrays.stream(operation.getParameterTypes()).anyMatch(Moment.class::equals);
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType().equals(Moment.class);
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binderFactory) {
        var asOf = QueryParametersBinder.bindOne(AS_OF, PastInstant.class, request.getParameterValues(AS_OF));
        return new Moment(asOf == null ? null : asOf.instant(), AtLeastResolver.of(request));
    }
}
