package io.mealexpense.command.sealing;

import io.mealexpense.merkle.note.VerifierKey;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * Publishes into a bucket of S3, under the same names as into a folder. A checkpoint is written only where none is; that
 * nobody can delete or replace it afterwards, the writer included, is what the bucket's Object Lock sees to, which this
 * class takes for granted. Credentials, region and endpoint are found where the AWS SDK looks for them.
 */
final class CheckpointBucket implements CheckpointPublisher {

    private static final Duration ANSWER = Duration.ofSeconds(3);

    /** With repetitions: nobody but the sealer waits for it. */
    private static final Duration PATIENCE = Duration.ofSeconds(6);

    private static final int PRECONDITION_FAILED = 412;

    private final URI place;
    private final S3Client s3;
    private final String bucket;
    private final String prefix;

    /**
     * @param place {@code s3://<bucket>} or {@code s3://<bucket>/<prefix>}
     * @throws IllegalArgumentException if it is nothing of the kind
     */
    CheckpointBucket(URI place) {
        this(place, ANSWER, PATIENCE);
    }

    /**
     * @param answer waited for at most, each time
     * @param patience with all of them
     */
    CheckpointBucket(URI place, Duration answer, Duration patience) {
        this(
                place,
                S3Client.builder()
                        .httpClientBuilder(UrlConnectionHttpClient.builder().connectionTimeout(answer))
                        .crossRegionAccessEnabled(true)
                        .overrideConfiguration(settings ->
                                settings.apiCallAttemptTimeout(answer).apiCallTimeout(patience))
                        .build());
    }

    private CheckpointBucket(URI place, S3Client s3) {
        if (!"s3".equals(place.getScheme()) || place.getAuthority() == null || place.getQuery() != null) {
            throw new IllegalArgumentException("Not a bucket, s3://<bucket>/<prefix>: " + place);
        }
        this.place = place;
        this.bucket = place.getAuthority();
        this.prefix = place.getPath().replaceAll("^/+|/+$", "");
        this.s3 = s3;
    }

    @Override
    public Optional<String> latest() throws IOException {
        return read(CheckpointPaths.LATEST);
    }

    @Override
    public Optional<Instant> latestAt() throws IOException {
        try {
            return Optional.of(s3.headObject(head -> head.bucket(bucket).key(key(CheckpointPaths.LATEST)))
                    .lastModified());
        } catch (NoSuchKeyException absent) {
            return Optional.empty();
        } catch (SdkException failure) {
            throw new IOException(failure.getMessage(), failure);
        }
    }

    @Override
    public CheckpointPublisher below(String series) {
        return new CheckpointBucket(URI.create("s3://%s/%s".formatted(bucket, key(series))), s3);
    }

    @Override
    public void publish(long size, String note) throws IOException {
        var path = CheckpointPaths.of(size);
        if (!add(path, note) && !read(path).filter(note::equals).isPresent()) {
            throw new SealRefusedException("%s/%s holds another checkpoint of this size".formatted(place, path));
        }
    }

    @Override
    public void publishAsLatest(String note) throws IOException {
        write(CheckpointPaths.LATEST, note);
    }

    @Override
    public boolean publish(List<VerifierKey> keys) throws IOException {
        var text = CheckpointPublisher.withMissing(read(CheckpointPaths.KEYS).orElse(""), keys);
        if (text.isPresent()) {
            write(CheckpointPaths.KEYS, text.get());
        }
        return text.isPresent();
    }

    private String key(String path) {
        return prefix.isEmpty() ? path : prefix + "/" + path;
    }

    private Optional<String> read(String path) throws IOException {
        try {
            return Optional.of(s3.getObjectAsBytes(get -> get.bucket(bucket).key(key(path)))
                    .asUtf8String());
        } catch (NoSuchKeyException absent) {
            return Optional.empty();
        } catch (SdkException failure) {
            throw new IOException(failure.getMessage(), failure);
        }
    }

    private void write(String path, String text) throws IOException {
        try {
            s3.putObject(
                    put -> put.bucket(bucket).key(key(path)).contentType("text/plain"), RequestBody.fromString(text));
        } catch (SdkException failure) {
            throw new IOException(failure.getMessage(), failure);
        }
    }

    /** @return whether there was none yet */
    private boolean add(String path, String text) throws IOException {
        try {
            s3.putObject(
                    put -> put.bucket(bucket)
                            .key(key(path))
                            .contentType("text/plain")
                            .ifNoneMatch("*"),
                    RequestBody.fromString(text));
            return true;
        } catch (AwsServiceException answered) {
            if (answered.statusCode() == PRECONDITION_FAILED) {
                return false;
            }
            throw new IOException(answered.getMessage(), answered);
        } catch (SdkException failure) {
            throw new IOException(failure.getMessage(), failure);
        }
    }

    @Override
    public void close() {
        s3.close();
    }

    @Override
    public String toString() {
        return place.toString();
    }
}
