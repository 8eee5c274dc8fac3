package io.mealexpense.events;

import java.util.UUID;

/** What administrators decide about a log that was restored. */
public sealed interface RecoveryEvent extends StoredEvent permits LogRecoveryDeclared {

    UUID recoveryId();

    String reason();
}
