package io.mealexpense.edge.security;

import static io.mealexpense.edge.security.Device.COMPUTER;
import static io.mealexpense.edge.security.Device.PHONE;
import static io.mealexpense.edge.security.Device.TABLET;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.web.firewall.StrictHttpFirewall;

@DisplayNameGeneration(ReplaceUnderscores.class)
class DeviceTest {

    private static final String IPAD_OF_TODAY = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15"
            + " (KHTML, like Gecko) Version/18.3 Safari/605.1.15";

    private static final String GARBAGE = "(Android; iPad; Windows NT) ".repeat(360);

    private static MockHttpServletRequest request(@Nullable String userAgent) {
        var request = new MockHttpServletRequest("POST", "/api/v1/expenses");
        if (userAgent != null) {
            request.addHeader("User-Agent", userAgent);
        }
        return request;
    }

    private static Arguments named(String browser, @Nullable Device device, @Nullable String userAgent) {
        return Arguments.of(browser, device, userAgent);
    }

    static Stream<Arguments> browsers() {
        return Stream.of(
                named(
                        "Chrome, Android phone",
                        PHONE,
                        "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko)"
                                + " Chrome/141.0.0.0 Mobile Safari/537.36"),
                named(
                        "Chrome, Android phone, unreduced",
                        PHONE,
                        "Mozilla/5.0 (Linux; Android 9; SM-G960F Build/PPR1.180610.011; wv) AppleWebKit/537.36"
                                + " (KHTML, like Gecko) Version/4.0 Chrome/74.0.3729.157 Mobile Safari/537.36"),
                named(
                        "Firefox, Android phone",
                        PHONE,
                        "Mozilla/5.0 (Android 14; Mobile; rv:143.0) Gecko/143.0 Firefox/143.0"),
                named(
                        "Samsung Internet, phone",
                        PHONE,
                        "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko)"
                                + " SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36"),
                named(
                        "Chrome, Android tablet",
                        TABLET,
                        "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko)"
                                + " Chrome/141.0.0.0 Safari/537.36"),
                named(
                        "Chrome, a provider's tablet",
                        TABLET,
                        "Mozilla/5.0 (Linux; Android 9; LG-T-Mobile V530 Build/PI) AppleWebKit/537.36"
                                + " (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36"),
                named(
                        "Firefox, Android tablet",
                        TABLET,
                        "Mozilla/5.0 (Android 14; Tablet; rv:143.0) Gecko/143.0 Firefox/143.0"),
                named(
                        "Silk, Kindle Fire",
                        TABLET,
                        "Mozilla/5.0 (Linux; Android 11; KFRAPWI) AppleWebKit/537.36 (KHTML, like Gecko)"
                                + " Silk/108.4.6 like Chrome/108.0.5359.220 Safari/537.36"),
                named(
                        "Safari, iPhone",
                        PHONE,
                        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_3 like Mac OS X) AppleWebKit/605.1.15"
                                + " (KHTML, like Gecko) Version/18.3 Mobile/15E148 Safari/604.1"),
                named(
                        "Chrome, iPhone",
                        PHONE,
                        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_3 like Mac OS X) AppleWebKit/605.1.15"
                                + " (KHTML, like Gecko) CriOS/141.0.7390.69 Mobile/15E148 Safari/604.1"),
                named(
                        "Safari, iPod touch",
                        PHONE,
                        "Mozilla/5.0 (iPod touch; CPU iPhone OS 12_5_7 like Mac OS X) AppleWebKit/605.1.15"
                                + " (KHTML, like Gecko) Version/12.1.2 Mobile/15E148 Safari/604.1"),
                named(
                        "Safari, iPad before 2019",
                        TABLET,
                        "Mozilla/5.0 (iPad; CPU OS 12_2 like Mac OS X) AppleWebKit/605.1.15"
                                + " (KHTML, like Gecko) Version/12.1 Mobile/15E148 Safari/604.1"),
                named("Safari, iPad since, as the Macintosh that it says it is", COMPUTER, IPAD_OF_TODAY),
                named(
                        "Chrome, Mac",
                        COMPUTER,
                        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko)"
                                + " Chrome/141.0.0.0 Safari/537.36"),
                named(
                        "Firefox, Mac",
                        COMPUTER,
                        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:143.0) Gecko/20100101 Firefox/143.0"),
                named(
                        "Edge, Windows",
                        COMPUTER,
                        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
                                + " Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0"),
                named(
                        "Firefox, Windows",
                        COMPUTER,
                        "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0"),
                named(
                        "Internet Explorer, a desktop that has heard of tablets",
                        COMPUTER,
                        "Mozilla/5.0 (Windows NT 6.1; WOW64; Trident/7.0; Tablet PC 2.0; rv:11.0) like Gecko"),
                named(
                        "Chrome, Linux",
                        COMPUTER,
                        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)"
                                + " Chrome/141.0.0.0 Safari/537.36"),
                named(
                        "Firefox, Linux",
                        COMPUTER,
                        "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0"),
                named(
                        "Chrome, ChromeOS",
                        COMPUTER,
                        "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko)"
                                + " Chrome/141.0.0.0 Safari/537.36"),
                named(
                        "television",
                        null,
                        "Mozilla/5.0 (Linux; Android 11; Android TV) AppleWebKit/537.36 (KHTML, like Gecko)"
                                + " Chrome/120.0.0.0 Safari/537.36"),
                named(
                        "television",
                        null,
                        "Mozilla/5.0 (SMART-TV; Linux; Tizen 6.0) AppleWebKit/537.36 (KHTML, like Gecko)"
                                + " SamsungBrowser/3.0 Chrome/76.0.3809.146 TV Safari/537.36"),
                named(
                        "console",
                        null,
                        "Mozilla/5.0 (Windows NT 10.0; Win64; x64; Xbox; Xbox One) AppleWebKit/537.36"
                                + " (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36 Edge/44.18363.8131"),
                named("robot", null, "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"),
                named("curl", null, "curl/8.14.1"),
                named("Java", null, "Java-http-client/25.0.1"),
                named("Python", null, "python-requests/2.32.5"),
                named("an Android program", null, "okhttp/5.1.0"),
                named("an iOS program", null, "Meals/1.0 CFNetwork/1568.300.101 Darwin/24.2.0"),
                named("nothing", null, null),
                named("empty", null, ""),
                named("half a name", null, "Mozilla/5.0 ("),
                named("half a platform", null, "Mozilla/5.0 (Windows NT 10.0"),
                named("an empty platform", null, "Mozilla/5.0 () Windows NT Android Mobile"),
                named("10 kB of garbage", null, GARBAGE),
                named("10 kB of garbage that begins well", null, "Mozilla/5.0 (" + "€".repeat(10_000)),
                named("not ASCII", null, "Моцилла/5.0 (アンドロイド; 電話)"),
                named("control characters", null, "Mozilla/5.0 (\u0000\u009f\ud800)"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("browsers")
    void what_a_browser_calls_itself_tells_the_kind(
            String browser, @Nullable Device device, @Nullable String userAgent) {
        var request = request(userAgent);

        assertThat(Device.of(request)).isEqualTo(Optional.ofNullable(device));
        assertThat(Device.of(new StrictHttpFirewall().getFirewalledRequest(request)))
                .as("behind the firewall, which refuses strange headers")
                .isEqualTo(Optional.ofNullable(device));
    }

    @Test
    void a_page_that_knows_better_is_believed() {
        var request = request(IPAD_OF_TODAY);
        request.addHeader("Device", "tablet");

        assertThat(Device.of(request)).contains(TABLET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Tablet", "tablet ", "fridge", "<script>", "タブレット"})
    void what_no_page_of_ours_says_is_passed_over(String said) {
        var request = request(IPAD_OF_TODAY);
        request.addHeader("Device", said);

        assertThat(Device.of(request)).contains(COMPUTER);
    }

    @Test
    void a_phone_that_hides_its_name_still_says_that_it_is_mobile() {
        var request = request("somebody");
        request.addHeader("Sec-CH-UA-Mobile", "?1");

        assertThat(Device.of(request)).contains(PHONE);
    }

    @Test
    void not_being_mobile_tells_nothing() {
        var request = request(null);
        request.addHeader("Sec-CH-UA-Mobile", "?0");

        assertThat(Device.of(request)).isEmpty();
    }
}
