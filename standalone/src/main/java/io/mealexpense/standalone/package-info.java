/** Both services in one process, on one port, with a database of their own: the default for one machine. */
@NullMarked
package io.mealexpense.standalone;

import org.jspecify.annotations.NullMarked;
