package io.mealexpense.query.web;

import java.util.function.BiConsumer;

/**
 * Marks a record whose components are the query parameters of an operation: their names, their types and, by Jakarta
 * annotations, their limits. A set may be repeated and means OR, a list may be repeated and means AND; anything else
 * may be given once. What is not a component is refused by name.
 */
public interface QueryParameters {

    /**
     * Tells what cannot be true of the parameters together.
     *
     * @param refuse takes the parameter and what is wrong with it
     */
    default void check(BiConsumer<String, String> refuse) {}
}
