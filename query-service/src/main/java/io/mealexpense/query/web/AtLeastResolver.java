package io.mealexpense.query.web;

import io.mealexpense.edge.version.ConsistencyToken;
import io.mealexpense.query.readmodel.AtLeast;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Reads the consistency tokens of the request. */
final class AtLeastResolver implements HandlerMethodArgumentResolver {

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType().equals(AtLeast.class);
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binderFactory) {
        return of(request);
    }

    static AtLeast of(NativeWebRequest request) {
        var headers = request.getHeaderValues(ConsistencyToken.HEADER);
        return headers == null ? AtLeast.ANYTHING : AtLeast.of(List.of(headers));
    }
}
