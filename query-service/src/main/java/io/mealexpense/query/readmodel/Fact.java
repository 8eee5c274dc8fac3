package io.mealexpense.query.readmodel;

import java.time.Instant;

/**
 * An event with its place in the life of its aggregate.
 *
 * @param sequence 0 for the aggregate's first event
 * @param at when it was recorded, by the log's clock
 */
public record Fact<E>(long sequence, Instant at, E event) {}
