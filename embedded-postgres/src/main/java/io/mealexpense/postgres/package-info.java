/** A real PostgreSQL in a folder: unpacked, created, started and stopped by the process that uses it. */
@NullMarked
package io.mealexpense.postgres;

import org.jspecify.annotations.NullMarked;
