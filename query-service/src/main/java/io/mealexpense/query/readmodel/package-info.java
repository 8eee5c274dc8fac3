/** What every read model is made of: guarded rows, sums, consistent reads. */
@NullMarked
package io.mealexpense.query.readmodel;

import org.jspecify.annotations.NullMarked;
