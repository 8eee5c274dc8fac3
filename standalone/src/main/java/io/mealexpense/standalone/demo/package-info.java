/** A demonstration: three accounts and a year and a half of meals, entered through the API like anybody's. */
@NullMarked
package io.mealexpense.standalone.demo;

import org.jspecify.annotations.NullMarked;
