package io.mealexpense.edge.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.web.firewall.RequestRejectedException;

/**
 * Kind of device that somebody sat at, as far as the request tells. It explains a history and proves nothing, so nothing
 * may be decided by it; what cannot be told is left out and never an error.
 */
public enum Device {
    PHONE,
    TABLET,
    COMPUTER;

    /** What pages of ours say where they know better than the browser's own name: one of the codes. */
    static final String HEADER = "Device";

    /** Browsers made of Chromium send it unasked: {@code ?1} from phones, {@code ?0} from all else. */
    private static final String MOBILE_HINT = "Sec-CH-UA-Mobile";

    /** What every browser's name begins with, for reasons of the nineties; the platform follows, up to the bracket. */
    private static final String BROWSER = "Mozilla/5.0 (";

    /** In the names of browsers on what is none of the three, and says that it is Android, Linux or Windows. */
    private static final List<String> OTHERS = List.of("TV", "Xbox");

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Device> of(HttpServletRequest request) {
        return said(header(request, HEADER))
                .or(() -> "?1".equals(header(request, MOBILE_HINT)) ? Optional.of(PHONE) : Optional.empty())
                .or(() -> ofBrowser(header(request, HttpHeaders.USER_AGENT)));
    }

    private static Optional<Device> said(@Nullable String code) {
        return Arrays.stream(values()).filter(it -> it.code().equals(code)).findFirst();
    }

    /** Programs, and robots that call themselves compatible, have no platform that is known here. */
    private static Optional<Device> ofBrowser(@Nullable String name) {
        var end = name == null ? -1 : name.indexOf(')');
        if (name == null
                || end < 0
                || !name.startsWith(BROWSER)
                || OTHERS.stream().anyMatch(name::contains)) {
            return Optional.empty();
        }
        var platform = name.substring(BROWSER.length(), end);
        if (platform.startsWith("iPhone") || platform.startsWith("iPod")) {
            return Optional.of(PHONE);
        }
        if (platform.startsWith("iPad")) {
            return Optional.of(TABLET);
        }
        if (platform.contains("Android")) { // tablets leave the word out: Chrome for all, Firefox for "Tablet"
            return Optional.of(name.contains(" Mobile") ? PHONE : TABLET);
        }
        // an iPad of today is among the Macintoshes, unless the page says so
        return platform.startsWith("Windows NT") || platform.startsWith("Macintosh") || platform.startsWith("X11")
                ? Optional.of(COMPUTER)
                : Optional.empty();
    }

    /** The firewall refuses a request for a strange header that is read; not for this one. */
    private static @Nullable String header(HttpServletRequest request, String name) {
        try {
            return request.getHeader(name);
        } catch (RequestRejectedException strange) {
            return null;
        }
    }
}
