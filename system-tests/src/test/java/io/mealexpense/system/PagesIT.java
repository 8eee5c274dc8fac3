package io.mealexpense.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the standalone form serves of the web app, so that pages which are open during an upgrade find out: the page is always
 * the new one, and a file of the build before is not there. The router of the images is asked the same by
 * {@code infrastructure/compose/smoke}.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PagesIT {

    private static final Pattern SCRIPT = Pattern.compile("src=\"(/assets/[^\"]+\\.js)\"");

    private final HttpClient client = HttpClient.newHttpClient();

    @ParameterizedTest
    @ValueSource(strings = {"/", "/index.html", "/reports", "/system/rebuilds"})
    void the_page_is_never_kept(String path) throws Exception {
        var answer = ask(path);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-store");
        assertThat(answer.headers().firstValue("Content-Security-Policy")).isPresent();
        assertThat(answer.body()).contains("<div id=\"root\">").doesNotContain("__CSP_NONCE__");
    }

    @Test
    void its_script_may_be_kept_for_ever() throws Exception {
        var script = SCRIPT.matcher(ask("/").body());
        assertThat(script.find()).isTrue();
        var answer = ask(script.group(1));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Cache-Control").orElse("")).contains("immutable");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/assets/reports-page-00000000.js",
                "/assets/reports-page-00000000.css",
                "/assets/none",
                "/none.js"
            })
    void a_file_of_another_build_is_not_there_and_is_no_page(String path) throws Exception {
        var answer = ask(path);
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Cache-Control").orElse("")).doesNotContain("max-age");
        assertThat(answer.body()).doesNotContain("<div id=\"root\">");
    }

    private HttpResponse<String> ask(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(Standalone.running().base().resolve(path))
                .header("Accept", "text/html")
                .build();
        return client.send(request, BodyHandlers.ofString());
    }
}
