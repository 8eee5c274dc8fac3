package io.mealexpense.command.operations.web;

import static io.swagger.v3.oas.annotations.media.Schema.RequiredMode.REQUIRED;

import io.mealexpense.edge.problem.ProblemException;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What every act of an operator says, whatever it is about.
 *
 * @param reason why, shown in the audit trail
 */
@Schema(name = "OperatorAct")
record OperatorAct(
        @Schema(requiredMode = REQUIRED, minLength = 1, maxLength = OperatorRequest.REASON) @Nullable
        String reason) {

    /**
     * In its normal form.
     *
     * @throws ProblemException 400 if there is none, or a longer one than is taken
     */
    String readReason() {
        var reading = new OperatorRequest();
        var why = reading.reason(reason);
        reading.requireValid();
        return why;
    }
}
