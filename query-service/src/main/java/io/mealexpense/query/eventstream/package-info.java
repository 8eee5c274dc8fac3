/** How the log is followed: source, tokens, processors. */
@NullMarked
package io.mealexpense.query.eventstream;

import org.jspecify.annotations.NullMarked;
