/** Whether the log takes events, or was restored from a backup and waits for a declaration. */
@NullMarked
package io.mealexpense.query.logstate;

import org.jspecify.annotations.NullMarked;
