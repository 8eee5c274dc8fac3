/** How old spellings of events are read. */
@NullMarked
package io.mealexpense.events.upcasting;

import org.jspecify.annotations.NullMarked;
