package io.mealexpense.events;

/** What administrators decide about a log that was restored. */
public sealed interface RecoveryEvent extends StoredEvent permits LogRecoveryDeclared {

    String reason();
}
