package io.mealexpense.edge.security;

import io.mealexpense.edge.metrics.ActiveMembers;
import io.mealexpense.edge.problem.ProblemType;
import io.mealexpense.edge.problem.Problems;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Deny by default: what {@link OpenRoutes} does not name needs a verified token, and then a role. */
@Configuration
@EnableWebSecurity
public class EdgeSecurity implements WebMvcConfigurer {

    private static final Pattern HEADER_VALUE = Pattern.compile("[\\p{IsAssigned}&&[[^\\p{IsControl}]||\\t]]*");

    @Bean
    AccessTokens accessTokens(VerificationKeys keys, Revocations revocations, Clock clock) {
        return new AccessTokens(keys, revocations, clock);
    }

    @Bean
    OpenRoutes edgeOpenRoutes() {
        return OpenRoutes.of("/actuator/health/liveness", "/actuator/health/readiness", "/v3/api-docs/*", "/error");
    }

    /** Tokens are the only way in: no user store, no generated password. */
    @Bean
    AuthenticationManager noPasswordSignIn() {
        return authentication -> {
            throw new org.springframework.security.authentication.AuthenticationServiceException("Not offered");
        };
    }

    /** Every filter of the chain would otherwise be timed for a metric that nobody reads. */
    @Bean
    SecurityObservationSettings securityObservations() {
        return SecurityObservationSettings.noObservations();
    }

    /** The firewall's own rule for header values; a token of plain characters need not pass its regular expression. */
    @Bean
    StrictHttpFirewall httpFirewall() {
        var firewall = new StrictHttpFirewall();
        firewall.setAllowedHeaderValues(
                value -> isPrintableAscii(value) || HEADER_VALUE.matcher(value).matches());
        return firewall;
    }

    private static boolean isPrintableAscii(String value) {
        for (var i = 0; i < value.length(); i++) {
            if (value.charAt(i) < ' ' || value.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    @Bean
    SecurityFilterChain edgeFilterChain(
            HttpSecurity http,
            AccessTokens tokens,
            ActiveMembers activeMembers,
            ObjectProvider<OpenRoutes> open,
            ObjectProvider<OpenPages> pages)
            throws Exception {
        var openPatterns =
                open.stream().flatMap(routes -> routes.patterns().stream()).toArray(String[]::new);
        var openPages = pages.stream().toList();
        return http.csrf(AbstractHttpConfigurer::disable) // CrossSiteGuard guards the requests that come with cookies
                .formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .anonymous(anonymous -> {})
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .headers(headers -> headers.cacheControl(cacheControl -> cacheControl.disable()))
                .addFilterBefore(new ActorFilter(tokens, activeMembers), AuthorizationFilter.class)
                .authorizeHttpRequests(requests -> requests
                        // first what is asked most: no open route is closed to anybody
                        .requestMatchers(EdgeSecurity::actorAtTheApi)
                        .authenticated()
                        .requestMatchers(openPatterns)
                        .permitAll()
                        .requestMatchers("/actuator/**")
                        .denyAll()
                        .requestMatchers(request -> openPages.stream().anyMatch(it -> it.matches(request)))
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .exceptionHandling(refusals -> refusals.authenticationEntryPoint((request, response, absent) -> {
                            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
                            Problems.write(response, ProblemType.UNAUTHENTICATED, null, List.of());
                        })
                        .accessDeniedHandler((request, response, denied) ->
                                Problems.write(response, ProblemType.FORBIDDEN, null, List.of())))
                .build();
    }

    private static boolean actorAtTheApi(HttpServletRequest request) {
        return request.getServletPath().startsWith("/api/")
                && SecurityContextHolder.getContext().getAuthentication() instanceof ActorAuthentication;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new RoleInterceptor());
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new ActorArgument());
    }

    /** Hands the {@link Actor} to controllers that ask for one. */
    private static final class ActorArgument implements HandlerMethodArgumentResolver {

        @Override
        public boolean supportsParameter(MethodParameter parameter) {
            return parameter.getParameterType().equals(Actor.class);
        }

        @Override
        public Object resolveArgument(
                MethodParameter parameter,
                ModelAndViewContainer container,
                NativeWebRequest request,
                WebDataBinderFactory binderFactory) {
            return Stream.ofNullable(SecurityContextHolder.getContext().getAuthentication())
                    .map(authentication -> (Actor) authentication.getPrincipal())
                    .findFirst()
                    .orElseThrow();
        }
    }
}
