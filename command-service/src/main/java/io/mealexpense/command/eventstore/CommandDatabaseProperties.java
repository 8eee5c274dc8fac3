package io.mealexpense.command.eventstore;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where the log and the accounts are.
 *
 * @param datasource how the running service connects: a role that can append, never rewrite
 * @param migration how the schema is brought up to date at start
 * @param committer how appends are batched
 */
@Validated
@ConfigurationProperties("meals.command")
record CommandDatabaseProperties(
        @Valid DataSourceProperties datasource,
        @Valid MigrationProperties migration,
        @Valid @DefaultValue CommitterProperties committer) {

    /**
     * @param queueCapacity appends that may wait; one more is answered 503
     * @param maxEvents events in one statement
     */
    record CommitterProperties(
            @Min(1) @DefaultValue("1024") int queueCapacity,
            @Min(1) @DefaultValue("256") int maxEvents) {}

    /**
     * @param poolSize connections at most
     */
    record DataSourceProperties(
            @NotBlank String url,
            @NotBlank String username,
            String password,
            @Min(2) int poolSize) {}

    /**
     * @param enabled off where a deployment runs migrations as a step of its own
     * @param ownerRole owns the schemas; cannot log in, the migrating role becomes it
     * @param commandRole granted appending
     * @param queryRole granted reading
     * @param auditorRole granted reading of log and seal, if there is such a role
     */
    record MigrationProperties(
            boolean enabled,
            @NotBlank String url,
            @NotBlank String username,
            String password,
            @NotBlank String ownerRole,
            @NotBlank String commandRole,
            @NotBlank String queryRole,
            @NotBlank String auditorRole) {}
}
