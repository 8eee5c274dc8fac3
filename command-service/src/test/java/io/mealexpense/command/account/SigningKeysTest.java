package io.mealexpense.command.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.mealexpense.command.SettableClock;
import io.mealexpense.edge.security.AccessTokens;
import io.mealexpense.edge.security.RevocationList;
import io.mealexpense.edge.security.Role;
import io.mealexpense.postgres.SharedPostgres;
import java.security.KeyFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.PlatformTransactionManager;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SigningKeysTest {

    /** The schema and JPA over it, without the service, which would look after its keys meanwhile. */
    private static AnnotationConfigApplicationContext directory;

    private static SigningKeyRows rows;
    private static PlatformTransactionManager transactions;

    private final SettableClock time = new SettableClock();

    @BeforeAll
    static void migrate() {
        var postgres = SharedPostgres.database();
        Flyway.configure()
                .dataSource(
                        postgres.url(),
                        postgres.username(io.mealexpense.postgres.Role.MIGRATOR),
                        postgres.password(io.mealexpense.postgres.Role.MIGRATOR))
                .initSql("SET ROLE meals_owner")
                .schemas("account")
                .defaultSchema("account")
                .locations("classpath:db/migration/account")
                .placeholders(Map.of("commandRole", "meals_command"))
                .load()
                .migrate();
        directory = new AnnotationConfigApplicationContext();
        directory.registerBean(
                "commandDataSource",
                DataSource.class,
                () -> new DriverManagerDataSource(
                        postgres.url(),
                        postgres.username(io.mealexpense.postgres.Role.COMMAND),
                        postgres.password(io.mealexpense.postgres.Role.COMMAND)));
        directory.register(AccountDatabaseConfiguration.class);
        directory.refresh();
        rows = directory.getBean(SigningKeyRows.class);
        transactions = directory.getBean(PlatformTransactionManager.class);
    }

    @AfterAll
    static void close() {
        directory.close();
    }

    @BeforeEach
    void no_keys() {
        rows.deleteAll();
    }

    private SigningKeys instance(String... properties) {
        var bound = TestProperties.of(properties);
        return new SigningKeys(rows, transactions, bound, new MasterKeyConfiguration().masterKey(bound), time);
    }

    @Test
    void the_first_start_makes_a_key_that_signs_and_the_next_one() {
        var keys = instance();
        keys.maintain();
        assertThat(keys.published()).hasSize(2);
        assertThat(keys.signer().keyId()).isEqualTo(keys.published().getFirst().keyId());
        keys.maintain();
        assertThat(rows.count()).isEqualTo(2);
    }

    /** As the one before it was made void, or the first one was made by an instance that is ahead. */
    @Test
    void an_instance_whose_clock_is_behind_signs_with_the_first_key_all_the_same() {
        var ahead = instance();
        ahead.maintain();
        time.advance(Duration.ofMinutes(-6));
        var behind = instance();
        behind.maintain();
        assertThat(behind.signer().keyId())
                .isEqualTo(ahead.published().getFirst().keyId());
        assertThat(ahead.signer().keyId()).isEqualTo(behind.signer().keyId());
        assertThat(rows.count()).isEqualTo(2);
    }

    @Test
    void private_keys_are_unreadable_without_the_master_key() {
        instance().maintain();
        assertThat(rows.findAll()).hasSize(2).allSatisfy(row -> {
            assertThat(row.sealedPrivateKey).hasSizeGreaterThan(1000);
            assertThatKeyIsUnreadable(row.sealedPrivateKey);
        });
        var other = Base64.getEncoder().encodeToString(new byte[32]);
        assertThatIllegalStateException()
                .isThrownBy(() -> instance("meals.command.master-key", other).maintain())
                .withMessageContaining("MEALS_MASTER_KEY");
    }

    private static void assertThatKeyIsUnreadable(byte[] bytes) throws Exception {
        var keys = KeyFactory.getInstance("RSA");
        assertThatExceptionOfType(InvalidKeySpecException.class)
                .isThrownBy(() -> keys.generatePrivate(new PKCS8EncodedKeySpec(bytes)));
    }

    @Test
    void a_sealed_key_opens_under_its_own_name_only_and_not_if_touched() {
        var master = MasterKey.of(TestProperties.MASTER_KEY);
        var sealed = master.seal(new byte[] {1, 2, 3}, "one");
        assertThat(master.open(sealed, "one")).containsExactly(1, 2, 3);
        assertThat(master.seal(new byte[] {1, 2, 3}, "one")).isNotEqualTo(sealed);
        assertThatIllegalStateException().isThrownBy(() -> master.open(sealed, "other"));
        sealed[sealed.length - 1] ^= 1;
        assertThatIllegalStateException().isThrownBy(() -> master.open(sealed, "one"));
    }

    @Test
    void a_missing_or_short_master_key_stops_the_start() {
        for (var wrong : new String[] {"", "c2hvcnQ=", "not base64!"}) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> MasterKey.of(wrong))
                    .withMessageContaining("openssl rand -base64 32");
        }
    }

    @Test
    void keys_take_turns_and_what_the_old_one_signed_stays_good() {
        var keys = instance();
        keys.maintain();
        var first = keys.signer().keyId();
        var token = new AccessTokenIssuer(keys)
                .issue(
                        UUID.randomUUID(),
                        UUID.randomUUID(),
                        Set.of(Role.MEMBER),
                        time.instant().plus(Duration.ofDays(30)),
                        null);
        time.advance(Duration.ofDays(30));
        var second = keys.signer().keyId();
        assertThat(second).as("by its time, without anybody's help").isNotEqualTo(first);
        keys.maintain();
        assertThat(keys.published()).hasSize(3);
        assertThat(new AccessTokens(keys, RevocationList.NONE, time).verify(token, "api"))
                .isPresent();
        time.advance(Duration.ofMinutes(61));
        keys.maintain();
        assertThat(keys.published()).hasSize(2).noneMatch(key -> key.keyId().equals(first));
        assertThat(keys.signer().keyId()).isEqualTo(second);
    }

    @Test
    void after_a_long_sleep_the_next_key_is_announced_before_it_signs() {
        instance().maintain();
        time.advance(Duration.ofDays(365));
        var keys = instance();
        keys.maintain();
        var signer = keys.signer().keyId();
        time.advance(Duration.ofMinutes(9));
        assertThat(keys.signer().keyId()).isEqualTo(signer);
    }

    @Test
    void instances_that_start_together_agree_on_the_keys() throws Exception {
        try (var starts = Executors.newFixedThreadPool(4)) {
            var signers = starts.invokeAll(IntStream.range(0, 4)
                    .<Callable<String>>mapToObj(i -> () -> {
                        var keys = instance();
                        keys.maintain();
                        return keys.signer().keyId();
                    })
                    .toList());
            var first = signers.getFirst().get();
            for (var signer : signers) {
                assertThat(signer.get()).isEqualTo(first);
            }
        }
        assertThat(rows.count()).isEqualTo(2);
    }

    @Test
    void what_a_former_master_key_sealed_is_sealed_anew() {
        var keys = instance();
        keys.maintain();
        var signer = keys.signer().keyId();
        var next = Base64.getEncoder().encodeToString(new byte[32]);
        var changed = instance(
                "meals.command.master-key", next, "meals.command.former-master-keys", TestProperties.MASTER_KEY);
        changed.maintain();
        assertThat(changed.signer().keyId()).as("nobody is signed out").isEqualTo(signer);
        assertThat(rows.findAll())
                .hasSize(2)
                .allSatisfy(row -> assertThat(MasterKey.of(next).open(row.sealedPrivateKey, row.keyId))
                        .hasSizeGreaterThan(1000));

        var withoutFormer = instance("meals.command.master-key", next);
        withoutFormer.maintain();
        assertThat(withoutFormer.signer().keyId()).isEqualTo(signer);
        keys.maintain();
        assertThat(keys.signer().keyId())
                .as("an instance that has read them goes on")
                .isEqualTo(signer);
        assertThatIllegalStateException()
                .isThrownBy(() -> instance().maintain())
                .withMessageContaining("MEALS_FORMER_MASTER_KEYS");
    }

    @Test
    void a_former_master_key_that_is_none_stops_the_start() {
        assertThatIllegalStateException()
                .isThrownBy(() -> instance("meals.command.former-master-keys", TestProperties.MASTER_KEY + ",c2hvcnQ="))
                .withMessageContaining("MEALS_FORMER_MASTER_KEYS");
    }

    @Test
    void keys_that_may_be_in_wrong_hands_count_for_nothing_at_once() {
        var keys = instance();
        keys.maintain();
        var token = new AccessTokenIssuer(keys)
                .issue(
                        UUID.randomUUID(),
                        UUID.randomUUID(),
                        Set.of(Role.MEMBER),
                        time.instant().plus(Duration.ofMinutes(5)),
                        null);
        var stolen = keys.published().stream().map(SigningKeys.Published::keyId).toList();
        time.advance(Duration.ofMinutes(1));
        var setting = time.instant().toString();
        var later = instance("meals.command.signing-key.made-after", setting);
        later.maintain();
        keys.maintain();
        for (var each : new SigningKeys[] {later, keys}) {
            assertThat(each.published()).hasSize(2).noneMatch(key -> stolen.contains(key.keyId()));
            assertThat(new AccessTokens(each, RevocationList.NONE, time).verify(token, "api"))
                    .isEmpty();
        }
        var signer = later.signer().keyId();
        time.advance(Duration.ofMinutes(1));
        later.maintain();
        instance("meals.command.signing-key.made-after", setting).maintain();
        assertThat(later.signer().keyId()).as("the setting stays where it is").isEqualTo(signer);
        assertThat(rows.count()).isEqualTo(2);
    }

    @Test
    void a_moment_that_has_not_come_changes_nothing_yet() {
        var keys = instance(
                "meals.command.signing-key.made-after",
                time.instant().plus(Duration.ofHours(1)).toString());
        keys.maintain();
        var signer = keys.signer().keyId();
        time.advance(Duration.ofMinutes(59));
        keys.maintain();
        assertThat(keys.signer().keyId()).isEqualTo(signer);
        time.advance(Duration.ofMinutes(2));
        keys.maintain();
        assertThat(keys.signer().keyId()).isNotEqualTo(signer);
    }
}
