package io.mealexpense.command.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.mealexpense.command.WriteSideOnPostgres;
import io.mealexpense.command.account.AccountCommand.RegisterAccount;
import io.mealexpense.command.eventstore.Commands;
import io.mealexpense.command.eventstore.RequestContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RegistrationTest extends WriteSideOnPostgres {

    @Autowired
    Credentials credentials;

    @Autowired
    Passwords passwords;

    @Autowired
    Commands commands;

    @Test
    void an_account_is_opened_by_one_append_with_seven_categories() {
        var email = newEmail();
        var answer = post(
                "/api/v1/auth/register",
                Map.of(
                        "email", email.toUpperCase(),
                        "password", PASSWORD,
                        "displayName", " Zoe ",
                        "currency", "USD",
                        "zone", "Europe/Amsterdam"));
        assertThat(answer).hasStatus(201).hasHeader("ETag", "\"0\"").hasHeader("Cache-Control", "no-store");
        assertThat(answer.getResponse().getHeader("Consistency-Token")).isNotBlank();
        assertThat(answer).bodyJson().isLenientlyEqualTo("""
                {"email": "%s", "displayName": "Zoe", "roles": ["MEMBER"], "currency": "USD", "zone": "Europe/Amsterdam"}
                """.formatted(email));
        var id = UUID.fromString(read(answer, "$.id"));
        var events = facts(id);
        assertThat(events).hasSize(8);
        assertThat(events.getFirst()).containsEntry("name", "AccountRegistered").containsEntry("actor", id.toString());
        assertThat(events.subList(1, 8))
                .allSatisfy(event -> assertThat(event)
                        .containsEntry("name", "CategoryCreated")
                        .containsEntry("owner", id.toString()));
        var first = (long) events.getFirst().get("position");
        assertThat(events)
                .extracting(event -> (long) event.get("position") - first)
                .containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L);
        assertThat(database.sql("SELECT count(DISTINCT recorded_at) FROM event_store.domain_event"
                                + " WHERE position BETWEEN :first AND :first + 7")
                        .param("first", first)
                        .query(Long.class)
                        .single())
                .isOne();
        assertThat(database.sql("SELECT count(*) FROM event_store.domain_event"
                                + " WHERE payload::text || metadata::text LIKE '%' || :email || '%'")
                        .param("email", email)
                        .query(Long.class)
                        .single())
                .as("e-mail addresses in the log")
                .isZero();
    }

    private List<Map<String, Object>> facts(UUID account) {
        return database.sql("""
                        SELECT position, name, metadata ->> 'actorId' AS actor, payload ->> 'ownerId' AS owner
                        FROM event_store.domain_event
                        WHERE aggregate_id = :id OR payload ->> 'ownerId' = :id::text ORDER BY position
                        """).param("id", account).query().listOfRows();
    }

    @Test
    void the_password_is_kept_as_an_argon2id_hash_with_explicit_parameters() {
        var id = register(newEmail());
        assertThat(database.sql("SELECT password_hash FROM account.credential WHERE id = :id")
                        .param("id", id)
                        .query(String.class)
                        .single())
                .startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    }

    @Test
    void an_address_has_one_account_however_it_is_typed() {
        var email = newEmail();
        register(email);
        assertProblem(
                post(
                        "/api/v1/auth/register",
                        Map.of("email", " " + email.toUpperCase(), "password", PASSWORD, "displayName", "Eve")),
                409,
                "email-taken");
    }

    @Test
    void of_many_at_the_same_moment_one_gets_the_address() throws Exception {
        var body = Map.of("email", newEmail(), "password", PASSWORD, "displayName", "Alice");
        try (var clients = Executors.newFixedThreadPool(4)) {
            Callable<Integer> attempt =
                    () -> post("/api/v1/auth/register", body).getResponse().getStatus();
            var answers = clients.invokeAll(Collections.nCopies(6, attempt));
            var statuses = new ArrayList<Integer>();
            for (var answer : answers) {
                statuses.add(answer.get());
            }
            assertThat(statuses).containsExactlyInAnyOrder(201, 409, 409, 409, 409, 409);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            email       | {"email": "nobody", "password": "correct horse battery", "displayName": "A"}
            email       | {"password": "correct horse battery", "displayName": "A"}
            password    | {"email": "a@example.test", "password": "short", "displayName": "A"}
            password    | {"email": "a@example.test", "displayName": "A"}
            displayName | {"email": "a@example.test", "password": "correct horse battery", "displayName": "  "}
            displayName | {"email": "a@example.test", "password": "correct horse battery"}
            currency    | {"email": "a@example.test", "password": "correct horse battery", "displayName": "A", "currency": "DEM"}
            zone        | {"email": "a@example.test", "password": "correct horse battery", "displayName": "A", "zone": "Mars/Olympus"}
            admin       | {"email": "a@example.test", "password": "correct horse battery", "displayName": "A", "admin": true}
            displayName | {"email": "a@example.test", "password": "correct horse battery", "displayName": "a\\u0000b"}
            """)
    void what_cannot_be_is_refused_by_name(String field, String body) {
        var answer = post("/api/v1/auth/register", body);
        assertProblem(answer, 400, "validation");
        assertThat(read(answer, "$.errors[*].field")).contains(field);
    }

    @Test
    void everything_wrong_is_told_at_once() {
        var answer = post(
                "/api/v1/auth/register",
                Map.of("email", "nobody", "password", PASSWORD, "displayName", "A", "currency", "XXX", "zone", "here"));
        assertThat(read(answer, "$.errors[*].field")).isEqualTo("[\"email\",\"currency\",\"zone\"]");
    }

    @Test
    void a_registration_that_never_reached_the_log_is_completed_by_a_sign_in() {
        var pending = pending();
        assertThat(facts(pending.id)).isEmpty();
        var tokens = signIn(pending.email);
        assertThat(get("/api/v1/auth/me", tokens.access())).hasStatus(200);
        assertThat(facts(pending.id)).hasSize(8);
        assertThat(credentials.findById(pending.id)).hasValueSatisfying(row -> {
            assertThat(row.status).isEqualTo(AccountStatus.ACTIVE);
            assertThat(row.version).isZero();
        });
    }

    @Test
    void a_registration_that_the_directory_missed_is_completed_by_a_sign_in() {
        var pending = pending();
        commands.send(
                pending.id,
                new RegisterAccount(new AccountId(pending.id), pending.currency, pending.zone),
                RequestContext.system());
        assertThat(get("/api/v1/auth/me", signIn(pending.email).access()))
                .hasStatus(200)
                .bodyJson()
                .extractingPath("$.roles")
                .asArray()
                .containsExactly("MEMBER");
        assertThat(facts(pending.id)).hasSize(8);
    }

    private Credential pending() {
        var account = new NewAccount(Email.parse(newEmail()).orElseThrow(), PASSWORD, "Alice", "EUR", "UTC");
        return credentials.save(
                new Credential(UUID.randomUUID(), account, passwords.hash(PASSWORD), false, clock.instant()));
    }
}
