package io.mealexpense.edge.answer;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Sends JSON answers that fit into the container's buffer with their length and in one piece. Message converters flush
 * after every body, and a flushed answer goes out in chunks, the last of them empty: twice the calls to the kernel, and
 * a client woken twice. Larger answers go out as their buffers fill, and whatever is not JSON when it is asked for.
 */
public final class WholeAnswerFilter extends OncePerRequestFilter {

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(request, new WholeAnswer(response));
    }

    private static final class WholeAnswer extends HttpServletResponseWrapper {

        private @Nullable ServletOutputStream out;

        WholeAnswer(HttpServletResponse response) {
            super(response);
        }

        private boolean isWhole() {
            var type = getContentType();
            return type != null
                    && (type.startsWith(MediaType.APPLICATION_JSON_VALUE)
                            || type.startsWith(MediaType.APPLICATION_PROBLEM_JSON_VALUE));
        }

        @Override
        public void flushBuffer() throws IOException {
            if (!isWhole()) {
                super.flushBuffer();
            }
        }

        @Override
        public ServletOutputStream getOutputStream() throws IOException {
            if (out == null) {
                out = new Unflushed(super.getOutputStream());
            }
            return out;
        }

        private final class Unflushed extends ServletOutputStream {

            private final ServletOutputStream target;

            Unflushed(ServletOutputStream target) {
                this.target = target;
            }

            @Override
            public void flush() throws IOException {
                if (!isWhole()) {
                    target.flush();
                }
            }

            @Override
            public void write(int value) throws IOException {
                target.write(value);
            }

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                target.write(bytes, from, length);
            }

            @Override
            public void close() throws IOException {
                target.close();
            }

            @Override
            public boolean isReady() {
                return target.isReady();
            }

            @Override
            public void setWriteListener(WriteListener listener) {
                target.setWriteListener(listener);
            }
        }
    }
}
