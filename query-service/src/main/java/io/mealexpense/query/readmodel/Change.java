package io.mealexpense.query.readmodel;

import org.jspecify.annotations.Nullable;

/** What a batch of events made of a row. */
record Change<R>(@Nullable R before, R after) {}
