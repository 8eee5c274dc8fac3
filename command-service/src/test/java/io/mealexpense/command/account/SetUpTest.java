package io.mealexpense.command.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.mealexpense.command.CommandServiceApplication;
import io.mealexpense.command.WriteSideOnPostgres;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.json.JsonMapper;

@SpringBootTest(classes = {CommandServiceApplication.class, SetUpTest.Invited.class})
@AutoConfigureMockMvc
@DisplayNameGeneration(ReplaceUnderscores.class)
class SetUpTest {

    /** No {@code @Configuration}: the write side's component scan would find it for every test. */
    static class Invited {

        final List<String> tokens = new ArrayList<>();

        @Bean
        SetupInvitation invitation() {
            return tokens::add;
        }
    }

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry properties) {
        WriteSideOnPostgres.onPostgres(properties);
    }

    @Autowired
    MockMvcTester http;

    @Autowired
    Invited invited;

    @Autowired
    FirstAdministrator firstAdministrator;

    @Autowired
    SetupTokenRows rows;

    private MvcTestResult setUp(String token, String email) {
        var body =
                Map.of("token", token, "email", email, "password", WriteSideOnPostgres.PASSWORD, "displayName", "Ada");
        return http.post()
                .uri("/api/v1/auth/setup")
                .contentType("application/json")
                .content(new JsonMapper().writeValueAsString(body))
                .exchange();
    }

    @Test
    void whoever_holds_the_link_makes_the_first_administrator_once() {
        assertThat(invited.tokens).as("at the start").hasSize(1);
        var outdated = invited.tokens.getFirst();
        firstAdministrator.invite();
        var token = invited.tokens.getLast();
        assertThat(rows.findAll()).hasSize(1).noneMatch(row -> row.hash.equals(token));

        WriteSideOnPostgres.assertProblem(setUp(outdated, "ada@example.test"), 403, "forbidden");
        WriteSideOnPostgres.assertProblem(setUp("guessed", "ada@example.test"), 403, "forbidden");
        WriteSideOnPostgres.assertProblem(setUp(token, "nobody"), 400, "validation");

        var made = setUp(token, "ada@example.test");
        assertThat(made).hasStatus(201).hasHeader("ETag", "\"2\"").containsHeader("Consistency-Token");
        assertThat(WriteSideOnPostgres.read(made, "$.roles")).isEqualTo("[\"ADMIN\"]");

        WriteSideOnPostgres.assertProblem(setUp(token, "eve@example.test"), 410, "gone");
        WriteSideOnPostgres.assertProblem(setUp("guessed", "eve@example.test"), 410, "gone");
        var before = invited.tokens.size();
        firstAdministrator.invite();
        assertThat(invited.tokens).as("no more invitations").hasSize(before);
    }
}
