package io.mealexpense.edge.problem;

/**
 * One thing wrong with a request.
 *
 * @param field JSON property, query parameter or header, such as {@code amount} or {@code tags[2]}
 * @param message what is wrong with it, in words a member understands
 */
public record FieldError(String field, String message) {}
