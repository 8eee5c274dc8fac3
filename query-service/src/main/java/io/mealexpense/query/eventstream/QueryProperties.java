package io.mealexpense.query.eventstream;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Where the log and the read models are, and how they are followed.
 *
 * @param datasource the read models: a role that writes the schema {@code read_model}
 * @param logDatasource the log: a role that may only SELECT
 * @param migration how the schema is brought up to date at start
 * @param projections how events are projected
 * @param consistencyTimeout how long a read waits for its own write before it is refused
 */
@Validated
@ConfigurationProperties("meals.query")
public record QueryProperties(
        @Valid @NotNull DataSourceProperties datasource,
        @Valid @NotNull DataSourceProperties logDatasource,
        @Valid @NotNull MigrationProperties migration,
        @Valid @NotNull ProjectionProperties projections,
        @NotNull Duration consistencyTimeout) {

    /**
     * How to connect.
     *
     * @param poolSize connections at most
     */
    public record DataSourceProperties(
            @NotBlank String url,
            @NotBlank String username,
            String password,
            @Min(2) int poolSize) {}

    /**
     * How the schema comes to be.
     *
     * @param enabled off where a deployment runs migrations as a step of its own
     * @param ownerRole owns the schema; cannot log in, the migrating role becomes it
     * @param queryRole granted reading and writing
     * @param auditorRole granted reading, if there is such a role
     */
    public record MigrationProperties(
            boolean enabled,
            @NotBlank String url,
            @NotBlank String username,
            String password,
            @NotBlank String ownerRole,
            @NotBlank String queryRole,
            @NotBlank String auditorRole) {}

    /**
     * How events are projected.
     *
     * @param batchSize events in one transaction at most
     * @param claimTimeout after which another instance takes over a projection whose owner fell silent
     * @param pollInterval how often the head of the log is looked at when nothing wakes us
     * @param firstCopyFrom events in the log from which a read model that has nothing yet is copied at once
     */
    public record ProjectionProperties(
            @Min(1) @Max(100_000) int batchSize,
            @NotNull Duration claimTimeout,
            @NotNull Duration pollInterval,
            @Min(1) long firstCopyFrom) {}
}
