package io.mealexpense.query.readmodel;

import org.jspecify.annotations.Nullable;

/** What the event at a position made of a row. */
record Step<R>(long position, @Nullable R before, R after) {}
