/** What happened on the way of a request, across processes. */
@NullMarked
package io.mealexpense.edge.trace;

import org.jspecify.annotations.NullMarked;
