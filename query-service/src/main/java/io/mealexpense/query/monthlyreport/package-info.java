/** What was spent month by month. */
@NullMarked
package io.mealexpense.query.monthlyreport;

import org.jspecify.annotations.NullMarked;
