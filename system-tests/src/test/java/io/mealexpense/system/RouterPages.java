package io.mealexpense.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;

/** The built frontend, as standalone serves it: files, and the single page for every other path, with a new nonce. */
final class RouterPages {

    private static final String NONCE_PLACEHOLDER = "__CSP_NONCE__";
    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self' 'nonce-%1$s'; "
            + "style-src 'self' 'nonce-%1$s'; style-src-attr 'unsafe-inline'; img-src 'self' data: blob:; "
            + "font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; "
            + "base-uri 'none'; frame-ancestors 'none'";
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("css", "text/css"),
            Map.entry("html", "text/html;charset=UTF-8"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("js", "text/javascript"),
            Map.entry("json", "application/json"),
            Map.entry("png", "image/png"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("webmanifest", "application/manifest+json"),
            Map.entry("woff2", "font/woff2"));
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path folder;
    private final String page;

    RouterPages(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
        try {
            page = Files.readString(this.folder.resolve("index.html"));
        } catch (IOException e) {
            throw new UncheckedIOException("The frontend is not built", e);
        }
    }

    /** The whole answer to a GET or HEAD. */
    byte[] answer(String head) throws IOException {
        var path = head.split(" ", 3)[1].replaceFirst("[?#].*", "");
        var bodyless = head.startsWith("HEAD ");
        var file = folder.resolve(path.substring(1)).normalize();
        if (file.startsWith(folder) && Files.isRegularFile(file) && !file.endsWith("index.html")) {
            var extension = file.toString().replaceFirst(".*\\.", "");
            var caching = path.startsWith("/assets/") ? "Cache-Control: max-age=31536000, public, immutable\r\n" : "";
            return whole(
                    "200 OK",
                    TYPES.getOrDefault(extension, "application/octet-stream"),
                    caching,
                    Files.readAllBytes(file),
                    bodyless);
        }
        if (path.startsWith("/assets/")
                || path.substring(path.lastIndexOf('/') + 1).contains(".")) {
            return whole("404 Not Found", "text/plain", "", new byte[0], bodyless);
        }
        var bytes = new byte[18];
        RANDOM.nextBytes(bytes);
        var nonce = Base64.getEncoder().encodeToString(bytes);
        return whole(
                "200 OK",
                "text/html;charset=UTF-8",
                "Cache-Control: no-store\r\nReferrer-Policy: same-origin\r\nX-Content-Type-Options: nosniff\r\n"
                        + "Content-Security-Policy: " + CONTENT_SECURITY_POLICY.formatted(nonce) + "\r\n",
                page.replace(NONCE_PLACEHOLDER, nonce).getBytes(StandardCharsets.UTF_8),
                bodyless);
    }

    private static byte[] whole(String status, String type, String headers, byte[] body, boolean bodyless) {
        var head = ("HTTP/1.1 " + status + "\r\nContent-Type: " + type + "\r\nContent-Length: " + body.length + "\r\n"
                        + headers + "Connection: close\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        var all = new byte[head.length + (bodyless ? 0 : body.length)];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(body, 0, all, head.length, all.length - head.length);
        return all;
    }
}
