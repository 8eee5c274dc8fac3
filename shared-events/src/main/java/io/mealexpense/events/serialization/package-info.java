/** How events are spelt in the log. */
@NullMarked
package io.mealexpense.events.serialization;

import org.jspecify.annotations.NullMarked;
