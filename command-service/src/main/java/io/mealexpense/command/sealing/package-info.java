/** Seals the log into a hash tree and publishes what was signed about it, so that nobody can rewrite it unnoticed. */
@NullMarked
package io.mealexpense.command.sealing;

import org.jspecify.annotations.NullMarked;
