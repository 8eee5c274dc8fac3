/** What is signed about a tree and how proofs are written down (C2SP signed-note, tlog-checkpoint, tlog-proof). */
@NullMarked
package io.mealexpense.merkle.note;

import org.jspecify.annotations.NullMarked;
