/** What every query has in common on the wire: parameters, cursors, whose data, consistency tokens. */
@NullMarked
package io.mealexpense.query.web;

import org.jspecify.annotations.NullMarked;
