/**
 * What operators ask of projections, to be rebuilt and to retry or discard their dead letters, and of a log that was
 * restored.
 */
@NullMarked
package io.mealexpense.command.operations;

import org.jspecify.annotations.NullMarked;
