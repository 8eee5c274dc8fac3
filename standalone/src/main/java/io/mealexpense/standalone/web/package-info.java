/** Serves the pages. */
@NullMarked
package io.mealexpense.standalone.web;

import org.jspecify.annotations.NullMarked;
