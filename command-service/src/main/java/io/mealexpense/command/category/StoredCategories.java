package io.mealexpense.command.category;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.mealexpense.command.eventstore.LogMemory;
import io.mealexpense.command.eventstore.StoredEvents;
import io.mealexpense.command.expense.OwnedCategories;
import io.mealexpense.events.CategoryCreated;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Reads a category's owner from its first event and remembers it: it never changes. */
@Component
class StoredCategories implements OwnedCategories, LogMemory {

    private final Cache<UUID, UUID> owners =
            Caffeine.newBuilder().maximumSize(50_000).build();
    private final StoredEvents storedEvents;

    StoredCategories(StoredEvents storedEvents) {
        this.storedEvents = storedEvents;
    }

    @Override
    public boolean owns(UUID ownerId, UUID categoryId) {
        var known = owners.getIfPresent(categoryId);
        if (known == null) {
            known = storedEvents
                    .first(categoryId)
                    .filter(found -> found.event() instanceof CategoryCreated)
                    .map(found -> ((CategoryCreated) found.event()).ownerId())
                    .orElse(null);
            if (known != null) {
                owners.put(categoryId, known);
            }
        }
        return ownerId.equals(known);
    }

    @Override
    public void forget() {
        owners.invalidateAll();
    }
}
