/** A hash tree over a log (RFC 6962, RFC 9162), kept in tiles of 256 hashes (C2SP tlog-tiles), and its proofs. */
@NullMarked
package io.mealexpense.merkle;

import org.jspecify.annotations.NullMarked;
