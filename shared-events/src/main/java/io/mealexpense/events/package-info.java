/** What is stored: the facts of the log, their names and revisions. */
@NullMarked
package io.mealexpense.events;

import org.jspecify.annotations.NullMarked;
