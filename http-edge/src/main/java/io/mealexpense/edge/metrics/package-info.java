/** What is counted of requests. */
@NullMarked
package io.mealexpense.edge.metrics;

import org.jspecify.annotations.NullMarked;
