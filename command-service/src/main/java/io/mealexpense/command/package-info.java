/** The write side: commands in, events out. */
@NullMarked
package io.mealexpense.command;

import org.jspecify.annotations.NullMarked;
