/** The yardstick: the plain application that people would otherwise write, as they would write it. */
@NullMarked
package io.mealexpense.benchmarks.crud;

import org.jspecify.annotations.NullMarked;
