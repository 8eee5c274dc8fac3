/** What requests to every aggregate have in common. */
@NullMarked
package io.mealexpense.command.web;

import org.jspecify.annotations.NullMarked;
