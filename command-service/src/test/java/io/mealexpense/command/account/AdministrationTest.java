package io.mealexpense.command.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.mealexpense.command.WriteSideOnPostgres;
import io.mealexpense.command.account.AccountCommand.ChangePassword;
import io.mealexpense.command.account.AccountCommand.DisableAccount;
import io.mealexpense.command.account.Credential.NextPassword;
import io.mealexpense.command.eventstore.Commands;
import io.mealexpense.command.eventstore.RequestContext;
import io.mealexpense.edge.security.Actor;
import io.mealexpense.edge.security.RevocationList;
import io.mealexpense.edge.security.Role;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@DisplayNameGeneration(ReplaceUnderscores.class)
class AdministrationTest extends WriteSideOnPostgres {

    private static final String NEW_PASSWORD = "a brand new password";

    @Autowired
    Commands commands;

    @Autowired
    Credentials credentials;

    @Autowired
    Passwords passwords;

    @Autowired
    Directory directory;

    @Autowired
    LiveRevocations revocations;

    private final String email = newEmail();

    private String admin() {
        return signIn(ADMIN_EMAIL).access();
    }

    private MvcTestResult change(HttpMethod method, UUID account, String what, String token) {
        return call(method, "/api/v1/auth/accounts/" + account + what, null, token);
    }

    @Test
    void a_role_counts_after_the_next_refresh_and_the_old_token_no_more() {
        var id = register(email);
        var tokens = signIn(email);
        assertThat(get("/api/v1/auth/accounts", tokens.access())).hasStatus(403);
        var granted = change(HttpMethod.PUT, id, "/roles/AUDITOR", admin());
        assertThat(granted).hasStatus(204).hasHeader("ETag", "\"1\"");
        assertThat(granted.getResponse().getHeader("Consistency-Token")).isNotBlank();
        assertProblem(get("/api/v1/auth/me", tokens.access()), 401, "unauthenticated");
        var refreshed = refreshed(tokens.refresh());
        assertThat(read(get("/api/v1/auth/me", refreshed.access()), "$.roles")).isEqualTo("[\"MEMBER\",\"AUDITOR\"]");
        var everybody = get("/api/v1/auth/accounts", refreshed.access());
        assertThat(everybody).hasStatus(200).hasHeader("Cache-Control", "no-store");
        assertThat(read(everybody, "$.items[?(@.email == '%s')].status".formatted(email)))
                .isEqualTo("[\"active\"]");
        assertThat(read(everybody, "$.items[?(@.email == '%s')].roles[*]".formatted(ADMIN_EMAIL)))
                .as("the administrator of the set-up is no member")
                .isEqualTo("[\"ADMIN\"]");
        assertThat(body(everybody)).doesNotContain("argon2");
    }

    @Test
    void several_changes_within_a_second_each_end_the_tokens_before_them() {
        var id = register(email);
        var admin = admin();
        var tokens = signIn(email);
        for (var method : List.of(HttpMethod.PUT, HttpMethod.DELETE, HttpMethod.PUT)) {
            assertThat(change(method, id, "/roles/AUDITOR", admin)).hasStatus(204);
            assertProblem(get("/api/v1/auth/me", tokens.access()), 401, "unauthenticated");
            tokens = refreshed(tokens.refresh());
            assertThat(get("/api/v1/auth/me", tokens.access())).hasStatus(200);
        }
    }

    @Test
    void asking_for_what_is_so_already_changes_nothing_and_ends_nothing() {
        var id = register(email);
        var tokens = signIn(email);
        var admin = admin();
        assertThat(change(HttpMethod.PUT, id, "/roles/MEMBER", admin))
                .hasStatus(204)
                .hasHeader("ETag", "\"0\"")
                .containsHeader("Consistency-Token");
        assertThat(change(HttpMethod.DELETE, id, "/roles/ADMIN", admin)).hasStatus(204);
        assertThat(change(HttpMethod.DELETE, id, "/disabled", admin)).hasStatus(204);
        assertThat(get("/api/v1/auth/me", tokens.access())).hasStatus(200);
    }

    @Test
    void a_disabled_account_is_out_everywhere_until_it_is_enabled() {
        var id = register(email);
        var tokens = signIn(email);
        var admin = admin();
        assertThat(change(HttpMethod.PUT, id, "/disabled", admin))
                .hasStatus(204)
                .hasHeader("ETag", "\"1\"");
        assertProblem(get("/api/v1/auth/me", tokens.access()), 401, "unauthenticated");
        assertProblem(refresh(tokens.refresh()), 401, "unauthenticated");
        assertProblem(post("/api/v1/auth/login", Map.of("email", email, "password", PASSWORD)), 401, "bad-credentials");
        assertThat(change(HttpMethod.DELETE, id, "/disabled", admin))
                .hasStatus(204)
                .hasHeader("ETag", "\"2\"");
        assertProblem(refresh(tokens.refresh()), 401, "unauthenticated");
        assertThat(get("/api/v1/auth/me", signIn(email).access())).hasStatus(200);
    }

    @Test
    void administrators_neither_demote_nor_disable_themselves() {
        var tokens = signIn(ADMIN_EMAIL);
        var id = UUID.fromString(read(get("/api/v1/auth/me", tokens.access()), "$.id"));
        assertProblem(change(HttpMethod.DELETE, id, "/roles/ADMIN", tokens.access()), 422, "refused");
        assertProblem(change(HttpMethod.PUT, id, "/disabled", tokens.access()), 422, "refused");
    }

    @ParameterizedTest
    @CsvSource({
        "GET,    ''",
        "PUT,    /{id}/roles/AUDITOR",
        "DELETE, /{id}/roles/MEMBER",
        "PUT,    /{id}/disabled",
        "DELETE, /{id}/disabled",
        "PUT,    /not-an-id/roles/NO_ROLE"
    })
    void who_may_is_decided_before_anything_is_looked_at(HttpMethod method, String path) {
        var uri =
                "/api/v1/auth/accounts" + path.replace("{id}", UUID.randomUUID().toString());
        register(email);
        assertProblem(call(method, uri, null, null), 401, "unauthenticated");
        assertProblem(call(method, uri, null, signIn(email).access()), 403, "forbidden");
    }

    @Test
    void auditors_look_and_change_nothing() {
        var id = register(email);
        change(HttpMethod.PUT, id, "/roles/AUDITOR", admin());
        var auditor = signIn(email).access();
        assertThat(get("/api/v1/auth/accounts", auditor)).hasStatus(200);
        assertProblem(change(HttpMethod.PUT, id, "/roles/ADMIN", auditor), 403, "forbidden");
        assertProblem(change(HttpMethod.PUT, id, "/disabled", auditor), 403, "forbidden");
    }

    @Test
    void an_unknown_role_is_400_and_an_unknown_account_404() {
        var admin = admin();
        assertProblem(change(HttpMethod.PUT, UUID.randomUUID(), "/roles/KING", admin), 400, "validation");
        assertProblem(call(HttpMethod.PUT, "/api/v1/auth/accounts/nobody/disabled", null, admin), 400, "validation");
        assertProblem(change(HttpMethod.PUT, UUID.randomUUID(), "/roles/AUDITOR", admin), 404, "not-found");
        assertProblem(change(HttpMethod.PUT, UUID.randomUUID(), "/disabled", admin), 404, "not-found");
        var category = database.sql("SELECT aggregate_id FROM event_store.domain_event"
                        + " WHERE aggregate_type = 'Category' LIMIT 1")
                .query(UUID.class)
                .single();
        assertProblem(change(HttpMethod.PUT, category, "/disabled", admin), 404, "not-found");
    }

    @Test
    void a_new_password_ends_every_other_session() {
        register(email);
        var other = signIn(email);
        var own = signIn(email);
        var answer = changePassword(own.access(), PASSWORD, NEW_PASSWORD);
        assertThat(answer).hasStatus(204).hasHeader("ETag", "\"1\"").containsHeader("Consistency-Token");
        assertProblem(get("/api/v1/auth/me", other.access()), 401, "unauthenticated");
        assertProblem(refresh(other.refresh()), 401, "unauthenticated");
        assertThat(get("/api/v1/auth/me", refreshed(own.refresh()).access())).hasStatus(200);
        assertProblem(post("/api/v1/auth/login", Map.of("email", email, "password", PASSWORD)), 401, "bad-credentials");
        assertThat(post("/api/v1/auth/login", Map.of("email", email, "password", NEW_PASSWORD)))
                .hasStatus(200);
    }

    @Test
    void a_new_password_needs_the_current_one() {
        register(email);
        var tokens = signIn(email);
        var refused = changePassword(tokens.access(), "not the password", NEW_PASSWORD);
        assertProblem(refused, 422, "refused");
        assertThat(read(refused, "$.errors[0].field")).isEqualTo("currentPassword");
        assertProblem(changePassword(tokens.access(), PASSWORD, "short"), 400, "validation");
        assertThat(get("/api/v1/auth/me", tokens.access())).hasStatus(200);
        signIn(email);
    }

    @Test
    void a_password_whose_change_is_on_record_counts_even_if_the_directory_missed_it() {
        var id = register(email);
        var tokens = signIn(email);
        prepare(id, 1);
        var herself = new Actor(id, Set.of(Role.MEMBER), UUID.randomUUID(), "api");
        commands.send(id, new ChangePassword(new AccountId(id), herself, 0), RequestContext.of(herself));
        directory.followAll();
        assertThat(post("/api/v1/auth/login", Map.of("email", email, "password", NEW_PASSWORD)))
                .hasStatus(200);
        assertProblem(post("/api/v1/auth/login", Map.of("email", email, "password", PASSWORD)), 401, "bad-credentials");
        assertProblem(refresh(tokens.refresh()), 401, "unauthenticated");
    }

    @Test
    void a_password_whose_change_never_reached_the_log_does_not_count() {
        var id = register(email);
        prepare(id, 1);
        var access = signIn(email).access();
        assertProblem(changePassword(access, PASSWORD, "yet another password"), 409, "conflict");
        clock().advance(Duration.ofSeconds(61));
        assertThat(changePassword(access, PASSWORD, "yet another password")).hasStatus(204);
        assertThat(post("/api/v1/auth/login", Map.of("email", email, "password", "yet another password")))
                .hasStatus(200);
    }

    private void prepare(UUID id, long version) {
        var row = credentials.findById(id).orElseThrow();
        row.prepare(new NextPassword(passwords.hash(NEW_PASSWORD), version, UUID.randomUUID(), clock.instant()));
        credentials.save(row);
    }

    @Test
    void a_disabling_that_the_directory_missed_stops_the_next_sign_in_and_refresh() {
        var id = register(email);
        var tokens = signIn(email);
        var administrator = new Actor(UUID.randomUUID(), Set.of(Role.ADMIN), UUID.randomUUID(), "api");
        commands.send(id, new DisableAccount(new AccountId(id), administrator), RequestContext.of(administrator));
        assertProblem(refresh(tokens.refresh()), 401, "unauthenticated");
        assertProblem(get("/api/v1/auth/me", tokens.access()), 401, "unauthenticated");
        assertProblem(post("/api/v1/auth/login", Map.of("email", email, "password", PASSWORD)), 401, "bad-credentials");
    }

    @Test
    void another_instance_learns_of_a_revocation_when_it_looks() {
        var id = register(email);
        var tokens = signIn(email);
        database.sql("INSERT INTO account.revocation (id, at) VALUES (:id, :at)")
                .param("id", id)
                .param("at", clock.instant().atOffset(java.time.ZoneOffset.UTC))
                .update();
        revocations.refresh();
        assertProblem(get("/api/v1/auth/me", tokens.access()), 401, "unauthenticated");
        assertThat(read(get("/.well-known/revocations.json", null), "$.revocations[*].fingerprint"))
                .contains(RevocationList.Entry.of(id, clock.instant()).fingerprint());
    }

    @Test
    void every_fact_names_who_did_it() {
        var id = register(email);
        var admin = signIn(ADMIN_EMAIL).access();
        change(HttpMethod.PUT, id, "/roles/AUDITOR", admin);
        var row = database.sql("""
                        SELECT metadata ->> 'actorId' AS actor, metadata ->> 'actorRoles' AS roles,
                            metadata ->> 'client' AS client, metadata ->> 'requestId' AS request
                        FROM event_store.domain_event WHERE aggregate_id = :id AND sequence = 1
                        """).param("id", id).query().singleRow();
        assertThat(row)
                .containsEntry("actor", read(get("/api/v1/auth/me", admin), "$.id"))
                .containsEntry("roles", "ADMIN")
                .containsEntry("client", "api");
        assertThat(row.get("request").toString()).hasSizeGreaterThan(8);
    }

    private MvcTestResult changePassword(String token, String current, String next) {
        return call(
                HttpMethod.PUT,
                "/api/v1/auth/password",
                Map.of("currentPassword", current, "newPassword", next),
                token);
    }
}
