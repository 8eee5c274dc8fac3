package io.mealexpense.command.sealing;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the log is sealed.
 *
 * @param enabled off where other instances do it
 * @param folder where checkpoints are published, empty for nowhere
 * @param bucket where else they are, {@code s3://<bucket>/<prefix>}; absent for nowhere
 * @param interval between looks for something new
 * @param maxEvents that one checkpoint adds at most; they are hashed in one short transaction
 * @param keyMadeAfter what the key that signs must be younger than: an older one is replaced at the next start, once
 *     this moment has come; absent while the present one will do
 */
@Validated
@ConfigurationProperties("meals.command.sealing")
record SealingProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("") String folder,
        @Nullable URI bucket,
        @NotNull @DefaultValue("2s") Duration interval,
        @Min(1) @Max(65_536) @DefaultValue("16384") int maxEvents,
        @Nullable Instant keyMadeAfter) {}
