package io.mealexpense.query.eventstream;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Makes projectors: one for each copy of a read model that is worked on. */
public final class Projectors {

    private final List<Projection> projections;
    private final Function<Projection, Projector> projectors;

    Projectors(Collection<Projection> projections, Function<Projection, Projector> projectors) {
        this.projections = List.copyOf(projections);
        this.projectors = projectors;
    }

    /** A projector of the read model of this name, nothing if there is none that can be rebuilt. */
    public Optional<Projector> of(String projection) {
        return projections.stream()
                .filter(it -> it.group().equals(projection) && !it.tables().isEmpty())
                .findFirst()
                .map(projectors);
    }

    /** A projector of every projection, those without tables of their own too. */
    public List<Projector> all() {
        return projections.stream().map(projectors).toList();
    }
}
