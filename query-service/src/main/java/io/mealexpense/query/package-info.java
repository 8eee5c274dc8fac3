/** The read side: events become read models, read models answer queries. */
@NullMarked
package io.mealexpense.query;

import org.jspecify.annotations.NullMarked;
