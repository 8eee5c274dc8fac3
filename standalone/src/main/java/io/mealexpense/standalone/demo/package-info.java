/**
 * A demonstration: three accounts and a year and a half of meals, entered through the API like anybody's, by a clock that is
 * put to when they would have been.
 */
@NullMarked
package io.mealexpense.standalone.demo;

import org.jspecify.annotations.NullMarked;
