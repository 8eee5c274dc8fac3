/** What went wrong by a mistake of ours, told to whoever collects that. */
@NullMarked
package io.mealexpense.edge.incident;

import org.jspecify.annotations.NullMarked;
