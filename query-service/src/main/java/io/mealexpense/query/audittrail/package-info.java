/** Who changed what, when and why: every event, and the history of an expense. */
@NullMarked
package io.mealexpense.query.audittrail;

import org.jspecify.annotations.NullMarked;
