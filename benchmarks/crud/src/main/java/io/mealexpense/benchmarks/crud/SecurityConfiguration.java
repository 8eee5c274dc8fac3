package io.mealexpense.benchmarks.crud;

import io.jsonwebtoken.Claims;
import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.JwtParser;
import io.jsonwebtoken.Jwts;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.web.filter.OncePerRequestFilter;

/** Every request but the health of the process needs a token that the product would take too. */
@Configuration
class SecurityConfiguration {

    @Bean
    SecurityFilterChain filterChain(HttpSecurity http, @Value("${crud.verification-key}") String key) throws Exception {
        return http.csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .authorizeHttpRequests(requests -> requests.anyRequest().hasRole("MEMBER"))
                .addFilterBefore(new TokenFilter(key), UsernamePasswordAuthenticationFilter.class)
                .build();
    }

    private static final class TokenFilter extends OncePerRequestFilter {

        private final JwtParser parser;

        TokenFilter(String key) throws GeneralSecurityException {
            var encoded = new X509EncodedKeySpec(Base64.getDecoder().decode(key));
            this.parser = Jwts.parser()
                    .verifyWith(KeyFactory.getInstance("RSA").generatePublic(encoded))
                    .requireIssuer("meal-expense-tracker")
                    .requireAudience("meal-expense-api")
                    .build();
        }

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            var header = request.getHeader("Authorization");
            if (header != null && header.startsWith("Bearer ")) {
                try {
                    authenticate(parser.parseSignedClaims(header.substring(7)).getPayload());
                } catch (JwtException refused) {
                    SecurityContextHolder.clearContext();
                }
            }
            chain.doFilter(request, response);
        }

        private static void authenticate(Claims claims) {
            var roles = ((Collection<?>) claims.get("roles"))
                    .stream()
                            .map(role -> new SimpleGrantedAuthority("ROLE_" + role))
                            .toList();
            var context = SecurityContextHolder.createEmptyContext();
            context.setAuthentication(new UsernamePasswordAuthenticationToken(claims.getSubject(), null, roles));
            SecurityContextHolder.setContext(context);
        }
    }
}
