package io.mealexpense.edge.problem;

import io.mealexpense.edge.json.Text;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses query strings that hold what no database can keep, or that cannot be decoded. */
public final class StorableQueryFilter extends OncePerRequestFilter {

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var query = request.getQueryString();
        if (query != null) {
            for (var pair : query.split("&")) {
                var refused = refusal(pair);
                if (refused != null) {
                    Problems.write(
                            response,
                            ProblemType.VALIDATION,
                            refused.field() + " " + refused.message(),
                            List.of(refused));
                    return;
                }
            }
        }
        chain.doFilter(request, response);
    }

    private static @Nullable FieldError refusal(String pair) {
        try {
            var decoded = URLDecoder.decode(pair, StandardCharsets.UTF_8);
            var name = decoded.substring(0, Math.max(decoded.indexOf('='), 0));
            return Text.whyNotStorable(decoded)
                    .map(why -> new FieldError(name.isEmpty() ? "query" : name, why))
                    .orElse(null);
        } catch (IllegalArgumentException undecodable) {
            return new FieldError("query", "cannot be decoded");
        }
    }
}
