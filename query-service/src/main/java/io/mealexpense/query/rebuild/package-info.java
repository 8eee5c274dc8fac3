/**
 * Read models made anew beside the live ones: copied from the log in the order of aggregates, followed up, compared at
 * one position, and swapped by one row that readers look up.
 */
@NullMarked
package io.mealexpense.query.rebuild;

import org.jspecify.annotations.NullMarked;
