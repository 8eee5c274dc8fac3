/** What is counted of commands. */
@NullMarked
package io.mealexpense.command.metrics;

import org.jspecify.annotations.NullMarked;
