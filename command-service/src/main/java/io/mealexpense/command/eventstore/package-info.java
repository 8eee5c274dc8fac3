/** The log of facts on PostgreSQL, behind Axon's storage engine. */
@NullMarked
package io.mealexpense.command.eventstore;

import org.jspecify.annotations.NullMarked;
