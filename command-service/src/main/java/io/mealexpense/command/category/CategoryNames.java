package io.mealexpense.command.category;

import io.mealexpense.command.eventstore.OwnedEvents;
import io.mealexpense.events.CategoryAmended;
import io.mealexpense.events.CategoryArchived;
import io.mealexpense.events.CategoryCreated;
import io.mealexpense.events.CategoryEvent;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** Finds one account's categories by the names they have now. */
@Component
public class CategoryNames {

    /**
     * The categories as they were when asked. Of two with one name the older is meant; an archived one only if no other
     * has the name, because old entries may still arrive.
     */
    public static final class Named {

        private final Map<String, UUID> ids = new HashMap<>();
        private final Map<String, Set<UUID>> everNamed = new HashMap<>();

        public Named(List<? extends CategoryEvent> events) {
            var names = new LinkedHashMap<UUID, String>();
            var archived = new HashSet<UUID>();
            for (var event : events) {
                switch (event) {
                    case CategoryCreated it -> name(it.categoryId(), it.name(), names);
                    case CategoryAmended it -> name(it.categoryId(), it.name(), names);
                    case CategoryArchived it -> archived.add(it.categoryId());
                }
            }
            put(names, archived, false);
            put(names, archived, true);
        }

        private void name(UUID id, String name, Map<UUID, String> names) {
            names.put(id, name);
            everNamed.computeIfAbsent(key(name), key -> new LinkedHashSet<>()).add(id);
        }

        private void put(Map<UUID, String> names, Set<UUID> archived, boolean whichAre) {
            names.forEach((id, name) -> {
                if (archived.contains(id) == whichAre) {
                    ids.putIfAbsent(key(name), id);
                }
            });
        }

        /** The category of this name, whatever its letters' case. */
        public Optional<UUID> find(String name) {
            return Optional.ofNullable(ids.get(key(name)));
        }

        /** The categories that have or had this name, archived ones included. */
        public Set<UUID> everNamed(String name) {
            return everNamed.getOrDefault(key(name), Set.of());
        }
    }

    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");

    private final OwnedEvents events;

    CategoryNames(OwnedEvents events) {
        this.events = events;
    }

    public Named of(UUID ownerId) {
        return new Named(events.categories(ownerId));
    }

    private static String key(String name) {
        return BLANKS.matcher(Normalizer.normalize(name, Normalizer.Form.NFKC).strip())
                .replaceAll(" ")
                .toLowerCase(Locale.ROOT);
    }
}
