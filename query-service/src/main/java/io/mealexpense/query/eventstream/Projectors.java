package io.mealexpense.query.eventstream;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The projectors of all read models, by the names of their projections. */
public final class Projectors {

    private final Map<String, Projector> byName = new LinkedHashMap<>();

    Projectors(Collection<Projector> projectors) {
        projectors.forEach(projector -> byName.put(projector.projection().group(), projector));
    }

    public Optional<Projector> of(String projection) {
        return Optional.ofNullable(byName.get(projection));
    }

    Collection<Projector> all() {
        return byName.values();
    }
}
