/** Who read what: every read by an auditor is written down before it is answered. */
@NullMarked
package io.mealexpense.query.accesslog;

import org.jspecify.annotations.NullMarked;
