package io.mealexpense.query.logstate;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * Whether anything can be recorded.
 *
 * @param closed the log was restored from a backup, and takes nothing before a recovery is declared
 */
@Schema(requiredProperties = "closed")
record LogState(boolean closed) {}
