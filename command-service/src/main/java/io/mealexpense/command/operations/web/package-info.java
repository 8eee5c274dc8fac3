/** Operator acts by HTTP. */
@NullMarked
package io.mealexpense.command.operations.web;

import org.jspecify.annotations.NullMarked;
