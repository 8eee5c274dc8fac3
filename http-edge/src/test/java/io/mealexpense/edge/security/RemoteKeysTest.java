package io.mealexpense.edge.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Jwks;
import io.mealexpense.edge.metrics.ActiveMembers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.client.RestClient;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RemoteKeysTest {

    private static final KeyPair PAIR = Jwts.SIG.RS256.keyPair().build();

    private final AtomicInteger asked = new AtomicInteger();
    private final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    };
    private volatile Instant now = Instant.parse("2026-11-30T12:00:00Z");
    private volatile int status = 200;
    private HttpServer publisher;
    private RemoteKeys keys;

    @BeforeEach
    void publish() throws IOException {
        publisher = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        publisher.createContext("/", exchange -> {
            asked.incrementAndGet();
            var key = Jwks.builder()
                    .key((RSAPublicKey) PAIR.getPublic())
                    .id("ours")
                    .build();
            var set = ("{\"keys\":[" + Jwks.UNSAFE_JSON(key) + "]}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, set.length);
            exchange.getResponseBody().write(set);
            exchange.close();
        });
        publisher.start();
        var uri = URI.create(
                "http://localhost:%d/".formatted(publisher.getAddress().getPort()));
        keys = new RemoteKeys(RestClient.create(), uri, clock);
    }

    @AfterEach
    void stop() {
        publisher.stop(0);
    }

    @Test
    void a_key_that_is_published_is_found_and_no_other_is() {
        assertThat(keys.find("ours")).contains(PAIR.getPublic());
        assertThat(keys.find("somebody's")).isEmpty();
        assertThat(asked).as("forged ids ask no more often").hasValue(1);
    }

    @Test
    void the_last_good_keys_are_kept_while_the_publisher_is_away() {
        assertThat(keys.find("ours")).isPresent();
        status = 503;
        now = now.plusSeconds(3_600);
        assertThat(keys.find("ours")).isPresent();
        assertThat(keys.find("ours")).isPresent();
        assertThat(asked).hasValue(2);
    }

    /** As of a service that has just joined, while the one that it asks leaves. */
    @Test
    void before_there_are_keys_nobody_is_said_to_be_nobody() {
        status = 503;
        assertThatThrownBy(() -> keys.find("ours")).isInstanceOf(KeysUnavailableException.class);
        assertThatThrownBy(() -> keys.find("ours")).isInstanceOf(KeysUnavailableException.class);
        assertThat(asked).as("and the publisher is not hammered").hasValue(1);

        status = 200;
        now = now.plusSeconds(3);
        assertThat(keys.find("ours")).isPresent();
        assertThat(keys.find("somebody's")).isEmpty();
    }

    @Test
    void nobody_waits_until_a_clock_that_was_put_back_is_where_it_was() {
        status = 503;
        assertThatThrownBy(() -> keys.find("ours")).isInstanceOf(KeysUnavailableException.class);

        status = 200;
        now = now.minusSeconds(300);
        assertThat(keys.find("ours")).isPresent();
    }

    @Test
    void whose_key_cannot_be_had_is_asked_to_try_again_and_not_to_sign_in() throws Exception {
        status = 503;
        var token = Jwts.builder()
                .header()
                .keyId("ours")
                .and()
                .issuedAt(Date.from(now))
                .signWith(PAIR.getPrivate())
                .compact();
        var request = new MockHttpServletRequest("GET", "/api/v1/expenses");
        request.addHeader("Authorization", "Bearer " + token);
        var response = new MockHttpServletResponse();
        var chain = new MockFilterChain();

        new ActorFilter(new AccessTokens(keys, RevocationList.NONE, clock), new ActiveMembers())
                .doFilter(request, response, chain);

        assertThat(response.getStatus()).isEqualTo(503);
        assertThat(response.getHeader("Retry-After")).isEqualTo("2");
        assertThat(response.getContentAsString()).contains("\"/problems/busy\"");
        assertThat(chain.getRequest()).as("asked no further").isNull();
    }
}
