/** The write side in a process without its HTTP, driven through the command gateway. */
@NullMarked
package io.mealexpense.benchmarks.gateway;

import org.jspecify.annotations.NullMarked;
