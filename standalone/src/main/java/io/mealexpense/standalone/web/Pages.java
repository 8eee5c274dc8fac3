package io.mealexpense.standalone.web;

import io.mealexpense.edge.security.OpenPages;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** The single page and its assets; every path that is no API and no file shows the page, which knows what to do. */
@Configuration
class Pages implements WebMvcConfigurer {

    /** Not pages, whatever else they are. */
    private static final List<String> TECHNICAL = List.of("/api/", "/actuator/", "/v3/", "/.well-known/", "/error");

    /** Where its file is, which is never answered as it stands. */
    private static final String PAGE = "/index.html";

    private static final String NONCE_PLACEHOLDER = "__CSP_NONCE__";

    /** Style attributes are what the component library positions with; scripts and style elements need the nonce. */
    private static final String CONTENT_SECURITY_POLICY = String.join(
            "; ",
            "default-src 'none'",
            "script-src 'self' 'nonce-%1$s'",
            "style-src 'self' 'nonce-%1$s'",
            "style-src-attr 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self'",
            "connect-src 'self'",
            "manifest-src 'self'",
            "worker-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'");

    private static final SecureRandom RANDOM = new SecureRandom();

    private final String page;

    Pages() throws IOException {
        page = new ClassPathResource("static" + PAGE).getContentAsString(StandardCharsets.UTF_8);
    }

    @Bean
    OpenPages openPages() {
        return Pages::isPage;
    }

    private static boolean isPage(HttpServletRequest request) {
        return List.of("GET", "HEAD").contains(request.getMethod())
                && TECHNICAL.stream().noneMatch(request.getRequestURI()::startsWith);
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler("/assets/**")
                .addResourceLocations("classpath:/static/assets/")
                .setCacheControl(
                        CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable());
    }

    @Bean
    RouterFunction<ServerResponse> page() {
        var noFile = RequestPredicates.path("/**")
                .and(request -> isPage(request.servletRequest())
                        && !request.path().startsWith("/assets/")
                        && (request.path().equals(PAGE)
                                || !request.path()
                                        .substring(request.path().lastIndexOf('/') + 1)
                                        .contains(".")));
        return RouterFunctions.route(RequestPredicates.method(HttpMethod.GET).and(noFile), this::show);
    }

    private ServerResponse show(ServerRequest request) {
        var bytes = new byte[18];
        RANDOM.nextBytes(bytes);
        var nonce = Base64.getEncoder().encodeToString(bytes);
        return ServerResponse.ok()
                .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
                .cacheControl(CacheControl.noStore())
                .header("Content-Security-Policy", CONTENT_SECURITY_POLICY.formatted(nonce))
                .header("Referrer-Policy", "same-origin")
                .body(page.replace(NONCE_PLACEHOLDER, nonce));
    }
}
