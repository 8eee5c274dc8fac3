package io.mealexpense.edge.problem;

import io.mealexpense.edge.json.Text;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
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
            var decoded = strictly(pair);
            var name = decoded.substring(0, Math.max(decoded.indexOf('='), 0));
            return Text.whyNotStorable(decoded)
                    .map(why -> new FieldError(name.isEmpty() ? "query" : name, why))
                    .orElse(null);
        } catch (IllegalArgumentException | CharacterCodingException undecodable) {
            var name = pair.substring(0, Math.max(pair.indexOf('='), 0));
            return new FieldError(name.isEmpty() ? "query" : name, "cannot be decoded");
        }
    }

    /** Unlike {@link URLDecoder}, which puts another character in the place of bytes that are no UTF-8. */
    private static String strictly(String encoded) throws CharacterCodingException {
        var bytes = URLDecoder.decode(encoded, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.ISO_8859_1);
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }
}
