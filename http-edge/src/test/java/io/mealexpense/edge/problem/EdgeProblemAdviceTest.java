package io.mealexpense.edge.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.mock.web.MockHttpServletRequest;

@ExtendWith(OutputCaptureExtension.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class EdgeProblemAdviceTest {

    private final EdgeProblemAdvice advice = new EdgeProblemAdvice();
    private final MockHttpServletRequest request = new MockHttpServletRequest("GET", "/assets/styles.css");

    @Test
    void somebody_who_went_away_is_no_fault_of_ours(CapturedOutput output) {
        var answer = advice.handle(new IOException("Broken pipe"), request);

        assertThat(answer).isNull();
        assertThat(output).doesNotContain("ERROR", "failed");
    }

    @Test
    void what_nobody_foresaw_is(CapturedOutput output) {
        var answer = advice.handle(new IllegalStateException("No idea"), request);

        assertThat(answer).isNotNull();
        assertThat(answer.getStatusCode().value()).isEqualTo(500);
        assertThat(output).contains("GET /assets/styles.css failed");
    }
}
