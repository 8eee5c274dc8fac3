/** The OpenAPI document of the write side. */
@NullMarked
package io.mealexpense.command.document;

import org.jspecify.annotations.NullMarked;
