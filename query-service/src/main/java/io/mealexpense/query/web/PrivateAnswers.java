package io.mealexpense.query.web;

import io.mealexpense.edge.problem.FieldError;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import org.springframework.http.HttpHeaders;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Keeps answers out of every cache, and refuses parameters where an operation has none. */
final class PrivateAnswers implements HandlerInterceptor {

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method
                && method.getBeanType().getPackageName().startsWith("io.mealexpense.query.")) {
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            if (Arrays.stream(method.getMethodParameters())
                    .noneMatch(parameter -> QueryParameters.class.isAssignableFrom(parameter.getParameterType()))) {
                QueryParametersBinder.refuse(request.getParameterMap().keySet().stream()
                        .filter(name ->
                                !(name.equals(MomentResolver.AS_OF) && MomentResolver.isTakenBy(method.getMethod())))
                        .sorted()
                        .map(name -> new FieldError(name, "is not a known parameter here"))
                        .toList());
            }
        }
        return true;
    }
}
