/** The proof pack: events as stored, that each of them is in the sealed log, and what is needed to check it offline. */
@NullMarked
package io.mealexpense.merkle.pack;

import org.jspecify.annotations.NullMarked;
