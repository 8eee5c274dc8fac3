package io.mealexpense.command.operations;

import io.mealexpense.events.ProjectionNames;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A projection that there is. */
public record ProjectionName(String value) {

    public ProjectionName {
        if (!ProjectionNames.ALL.contains(value)) {
            throw new IllegalArgumentException("No projection: " + value);
        }
    }

    /** Empty if there is no such projection. */
    public static Optional<ProjectionName> of(String name) {
        return ProjectionNames.ALL.contains(name) ? Optional.of(new ProjectionName(name)) : Optional.empty();
    }

    public static Set<ProjectionName> all() {
        return ProjectionNames.ALL.stream().map(ProjectionName::new).collect(Collectors.toUnmodifiableSet());
    }
}
