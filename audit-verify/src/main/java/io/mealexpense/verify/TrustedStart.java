package io.mealexpense.verify;

/**
 * What somebody knows already: they verified the log up to a checkpoint once, and kept it.
 *
 * @param size events that it seals
 * @param root of the tree over them
 */
record TrustedStart(long size, byte[] root) {}
