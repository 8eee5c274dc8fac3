/** Rates, CPU and memory from the operating system, and what a run says in the end. */
@NullMarked
package io.mealexpense.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
