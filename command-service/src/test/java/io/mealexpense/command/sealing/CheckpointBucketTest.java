package io.mealexpense.command.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mealexpense.command.WriteSideOnPostgres;
import io.mealexpense.command.account.MasterKey;
import io.mealexpense.command.eventstore.LogDatabase;
import io.mealexpense.merkle.note.Checkpoint;
import io.mealexpense.merkle.note.VerifierKey;
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
        return new CheckpointBucket(URI.create("s3://" + BUCKET + "/" + prefix + "/"));
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
        for (var key : List.of(first, first, second, first)) {
            bucket.publish(key);
        }
        assertThat(content("log.vkey")).isEqualTo(first + "\n" + second + "\n");
    }

    private static VerifierKey key() throws Exception {
        return VerifierKey.of(
                "meal-expense-tracker/test",
                KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic());
    }

    @Test
    void the_sealer_publishes_there_and_signs_nothing_that_it_contradicts() throws Exception {
        var database = LogDatabase.create();
        var log = JdbcClient.create(LogDatabase.as(Role.COMMAND, database));
        log.sql("""
                        WITH head AS (UPDATE event_store.head SET position = position + 5 RETURNING at)
                        INSERT INTO event_store.domain_event (position, aggregate_type, aggregate_id, sequence,
                            event_id, name, revision, recorded_at, payload, metadata)
                        SELECT n, 'Test', gen_random_uuid(), 0, gen_random_uuid(), 'Happened', '1', at, '{}', '{}'
                        FROM head, generate_series(1, 5) n
                        """).update();
        var keys = new SealingKeys(MasterKey.of(WriteSideOnPostgres.MASTER_KEY), null);
        var properties = new SealingProperties(true, "", null, Duration.ofMillis(20), 100, null);
        try (var sealer = new LogSealer(LogDatabase.as(Role.COMMAND, database), keys, List.of(bucket), properties)) {
            while (sealer.round()) {
                // there is more
            }
        }
        var published = content(CheckpointPaths.LATEST);
        assertThat(Checkpoint.open(
                                published,
                                List.of(VerifierKey.parse(content("log.vkey").strip())))
                        .size())
                .isEqualTo(5);
        assertThat(content("sizes/000000/5")).isEqualTo(published);

        bucket = openAnew(); // the sealer closed the one that it was given
        var other = LogDatabase.create();
        try (var sealer = new LogSealer(LogDatabase.as(Role.COMMAND, other), keys, List.of(bucket), properties)) {
            assertThatExceptionOfType(SealRefusedException.class)
                    .isThrownBy(sealer::round)
                    .withMessageContaining("s3://" + BUCKET);
        }
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
