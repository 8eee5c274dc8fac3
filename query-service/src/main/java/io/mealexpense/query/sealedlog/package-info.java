/** Checkpoints of the sealed log, and proofs that an event is in it or that it was never rewritten. */
@NullMarked
package io.mealexpense.query.sealedlog;

import org.jspecify.annotations.NullMarked;
