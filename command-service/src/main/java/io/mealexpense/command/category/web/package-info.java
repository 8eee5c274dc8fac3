/** Categories by HTTP. */
@NullMarked
package io.mealexpense.command.category.web;

import org.jspecify.annotations.NullMarked;
