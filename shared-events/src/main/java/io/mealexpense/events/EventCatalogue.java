package io.mealexpense.events;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The allow-list of logical event names; what is not listed is neither written nor read. */
public final class EventCatalogue {

    private static final Map<String, Class<? extends StoredEvent>> BY_NAME = Stream.<Class<? extends StoredEvent>>of(
                    MealExpenseRecorded.class,
                    MealExpenseAmended.class,
                    MealExpenseDeleted.class,
                    MealExpenseRestored.class,
                    CategoryCreated.class,
                    CategoryAmended.class,
                    CategoryArchived.class,
                    AccountRegistered.class,
                    RoleGranted.class,
                    RoleRevoked.class,
                    AccountDisabled.class,
                    AccountEnabled.class,
                    PasswordChanged.class,
                    ImportApplied.class,
                    ImportUndone.class,
                    ProjectionRebuildRequested.class,
                    ProjectionRebuildSwapped.class,
                    ProjectionRebuildCancelled.class,
                    DeadLetterRetried.class,
                    DeadLetterDiscarded.class,
                    LogRecoveryDeclared.class)
            .collect(Collectors.toUnmodifiableMap(Class::getSimpleName, Function.identity()));

    private EventCatalogue() {}

    /** The logical name of an event type, as stored. */
    public static String nameOf(Class<? extends StoredEvent> type) {
        return type.getSimpleName();
    }

    /** The type that a stored name stands for now, empty for a name that was never ours. */
    public static Optional<Class<? extends StoredEvent>> typeOf(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    public static Stream<Class<? extends StoredEvent>> types() {
        return BY_NAME.values().stream();
    }
}
