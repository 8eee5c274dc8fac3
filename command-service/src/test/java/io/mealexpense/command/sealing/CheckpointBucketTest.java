package io.mealexpense.command.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.mealexpense.command.WriteSideOnPostgres;
import io.mealexpense.command.account.MasterKey;
import io.mealexpense.command.eventstore.LogDatabase;
import io.mealexpense.merkle.note.Checkpoint;
import io.mealexpense.merkle.note.VerifierKey;
import io.mealexpense.postgres.Database;
import io.mealexpense.postgres.Role;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectLockRetentionMode;

/** Against a stand-in for S3 in a process of its own, which knows conditional writes and Object Lock. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class CheckpointBucketTest {

    private static final String BUCKET = "audit-checkpoints";

    private static S3Mock mock;
    private static S3Client s3;

    private String prefix;
    private CheckpointBucket bucket;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        mock = S3Mock.start(folder);
        s3 = S3Client.create();
        s3.createBucket(create -> create.bucket(BUCKET).objectLockEnabledForBucket(true));
        s3.putObjectLockConfiguration(put -> put.bucket(BUCKET)
                .objectLockConfiguration(lock -> lock.objectLockEnabled("Enabled")
                        .rule(rule -> rule.defaultRetention(kept ->
                                kept.mode(ObjectLockRetentionMode.COMPLIANCE).years(10)))));
    }

    @AfterAll
    static void stop() throws Exception {
        s3.close();
        mock.close();
    }

    @BeforeEach
    void open(TestInfo test) {
        prefix = test.getTestMethod().orElseThrow().getName();
        bucket = openAnew();
    }

    private CheckpointBucket openAnew() {
        return new CheckpointBucket(place());
    }

    private URI place() {
        return URI.create("s3://" + BUCKET + "/" + prefix + "/");
    }

    @AfterEach
    void close() {
        bucket.close();
    }

    private String content(String path) {
        return s3.getObjectAsBytes(get -> get.bucket(BUCKET).key(prefix + "/" + path))
                .asUtf8String();
    }

    @Test
    void a_checkpoint_is_kept_under_its_size_and_as_the_last_one() throws Exception {
        assertThat(bucket.latest()).isEmpty();
        bucket.publish(3_000_005, "the note\n");
        bucket.publishAsLatest("the note\n");
        assertThat(content("sizes/000003/3000005")).isEqualTo("the note\n");
        assertThat(bucket.latest()).contains("the note\n");
    }

    @Test
    void the_same_again_is_fine_and_another_of_the_size_is_refused() throws Exception {
        bucket.publish(7, "the note\n");
        bucket.publish(7, "the note\n");
        assertThatExceptionOfType(SealRefusedException.class)
                .isThrownBy(() -> bucket.publish(7, "another\n"))
                .withMessageContaining("s3://" + BUCKET)
                .withMessageContaining("sizes/000000/7");
        assertThat(content("sizes/000000/7")).isEqualTo("the note\n");
    }

    @Test
    void keys_are_added_once_each() throws Exception {
        var first = key();
        var second = key();
        assertThat(bucket.publish(List.of(first))).isTrue();
        assertThat(bucket.publish(List.of(first))).isFalse();
        assertThat(bucket.publish(List.of(first, second))).isTrue();
        assertThat(bucket.publish(List.of(first))).isFalse();
        assertThat(content("log.vkey")).isEqualTo(first + "\n" + second + "\n");
    }

    private static VerifierKey key() throws Exception {
        return VerifierKey.of(
                "meal-expense-tracker/test",
                KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic());
    }

    @Test
    void the_sealer_publishes_there_and_signs_nothing_that_it_contradicts() throws Exception {
        try (var sealer = sealer(logOfFive(), bucket)) {
            sealAll(sealer);
        }
        assertThat(published().size()).isEqualTo(5);
        assertThat(content("sizes/000000/5")).isEqualTo(content(CheckpointPaths.LATEST));

        bucket = openAnew(); // the sealer closed the one that it was given
        try (var sealer = sealer(LogDatabase.create(), bucket)) {
            assertThatExceptionOfType(SealRefusedException.class)
                    .isThrownBy(sealer::round)
                    .withMessageContaining("s3://" + BUCKET);
        }
    }

    /** As at a first start of everything at once. */
    @Test
    void keys_whose_writing_was_given_up_are_there_in_the_end() throws Exception {
        var database = logOfFive();
        try (var router = mock.holding("log.vkey");
                var impatient = new CheckpointBucket(place(), Duration.ofSeconds(1), Duration.ofSeconds(2));
                var sealer = sealer(database, impatient)) {
            await().atMost(Duration.ofSeconds(30)).ignoreExceptions().untilAsserted(() -> {
                sealAll(sealer);
                assertThat(sealed(database)).as("sealed all the same").isEqualTo(5);
            });
            assertThat(bucket.latest()).as("no checkpoint without its keys").isEmpty();

            router.letGo();
            await().atMost(Duration.ofSeconds(30)).ignoreExceptions().untilAsserted(() -> {
                sealAll(sealer);
                assertThat(published().size()).isEqualTo(5);
            });
        }
    }

    @Test
    void keys_that_the_bucket_has_lost_are_published_again() throws Exception {
        try (var sealer = sealer(logOfFive(), bucket)) {
            sealAll(sealer);
            s3.deleteObject(delete -> delete.bucket(BUCKET).key(prefix + "/log.vkey"));
            await().atMost(Duration.ofSeconds(30)).ignoreExceptions().untilAsserted(() -> {
                sealAll(sealer);
                assertThat(published().size()).isEqualTo(5);
            });
        }
    }

    private static Database logOfFive() {
        var database = LogDatabase.create();
        JdbcClient.create(LogDatabase.as(Role.COMMAND, database)).sql("""
                        WITH head AS (UPDATE event_store.head SET position = position + 5 RETURNING at)
                        INSERT INTO event_store.domain_event (position, aggregate_type, aggregate_id, sequence,
                            event_id, name, revision, recorded_at, payload, metadata)
                        SELECT n, 'Test', gen_random_uuid(), 0, gen_random_uuid(), 'Happened', '1', at, '{}', '{}'
                        FROM head, generate_series(1, 5) n
                        """).update();
        return database;
    }

    private static long sealed(Database database) {
        return JdbcClient.create(LogDatabase.as(Role.COMMAND, database))
                .sql("SELECT coalesce(max(size), 0) FROM seal.checkpoint")
                .query(Long.class)
                .single();
    }

    private static LogSealer sealer(Database database, CheckpointBucket bucket) {
        return new LogSealer(
                LogDatabase.as(Role.COMMAND, database),
                new SealingKeys(MasterKey.of(WriteSideOnPostgres.MASTER_KEY), null),
                List.of(bucket),
                new SealingProperties(true, "", null, Duration.ofMillis(20), 100, null));
    }

    private static void sealAll(LogSealer sealer) throws Exception {
        while (sealer.round()) {
            // there is more
        }
    }

    /** The last checkpoint in the bucket, opened with the keys beside it. */
    private Checkpoint published() throws Exception {
        return Checkpoint.open(
                content(CheckpointPaths.LATEST),
                content("log.vkey").lines().map(VerifierKey::parse).toList());
    }

    @Test
    void a_bucket_that_is_not_there_is_a_failure_and_not_an_empty_one() {
        try (var absent = new CheckpointBucket(URI.create("s3://no-such-bucket/x"))) {
            assertThatExceptionOfType(IOException.class).isThrownBy(absent::latest);
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> absent.publish(1, "note"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://bucket.example.org/x", "s3:bucket", "/bucket", "s3://bucket?x=1", "bucket"})
    void what_is_no_bucket_is_refused_at_the_start(String place) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new CheckpointBucket(URI.create(place)))
                .withMessageContaining("s3://<bucket>/<prefix>");
    }
}
