/** How a refusal is told: application/problem+json (RFC 9457) for everything. */
@NullMarked
package io.mealexpense.edge.problem;

import org.jspecify.annotations.NullMarked;
