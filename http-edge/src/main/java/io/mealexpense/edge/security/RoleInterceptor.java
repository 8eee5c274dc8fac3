package io.mealexpense.edge.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.authorization.method.PreAuthorizeAuthorizationManager;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.util.SimpleMethodInvocation;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Decides {@link PreAuthorize} before the request is read any further, so that 403 comes before 400; a handler of ours
 * without the annotation is closed to everybody.
 */
final class RoleInterceptor implements HandlerInterceptor {

    private final PreAuthorizeAuthorizationManager manager = new PreAuthorizeAuthorizationManager();
    private final Map<Method, Boolean> annotated = new ConcurrentHashMap<>();

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (!(handler instanceof HandlerMethod method)
                || !method.getBeanType().getPackageName().startsWith("io.mealexpense.")) {
            return true;
        }
        var invocation = new SimpleMethodInvocation(method.getBean(), method.getMethod()) {
            @Override
            public Object getThis() {
                return method.getBean();
            }
        };
        var decision = annotated.computeIfAbsent(method.getMethod(), it -> isAnnotated(method))
                ? manager.authorize(() -> SecurityContextHolder.getContext().getAuthentication(), invocation)
                : null;
        if (decision == null || !decision.isGranted()) {
            throw new AccessDeniedException("No role that allows this");
        }
        return true;
    }

    private static boolean isAnnotated(HandlerMethod method) {
        return AnnotatedElementUtils.hasAnnotation(method.getMethod(), PreAuthorize.class)
                || AnnotatedElementUtils.hasAnnotation(method.getBeanType(), PreAuthorize.class);
    }
}
