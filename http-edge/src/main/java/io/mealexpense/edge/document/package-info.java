/** The OpenAPI documents of both sides, as clients are generated from them. */
@NullMarked
package io.mealexpense.edge.document;

import org.jspecify.annotations.NullMarked;
