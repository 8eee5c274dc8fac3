package io.mealexpense.events;

import java.util.UUID;

/** What an operator decides about the dead letters that one projection has of one subject. */
public sealed interface DeadLetterEvent extends ProjectionEvent permits DeadLetterRetried, DeadLetterDiscarded {

    UUID deadLetterId();

    String projection();

    UUID subjectId();
}
