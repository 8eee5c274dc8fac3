/** What everybody may know about the seal of the log. */
@NullMarked
package io.mealexpense.command.sealing.web;

import org.jspecify.annotations.NullMarked;
