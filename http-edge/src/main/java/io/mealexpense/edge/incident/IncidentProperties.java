package io.mealexpense.edge.incident;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where incidents are told.
 *
 * @param dsn of a project in Sentry or what speaks its protocol, {@code https://<key>@<host>/<project>}; empty for nowhere
 * @param environment the installation, as it is called there
 */
@ConfigurationProperties("meals.incidents")
public record IncidentProperties(
        @DefaultValue("") String dsn,
        @DefaultValue("production") String environment) {}
