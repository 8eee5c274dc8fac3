package io.mealexpense.query.audittrail;

import static io.mealexpense.events.ExpenseEvents.lunchRecorded;
import static org.assertj.core.api.Assertions.assertThat;

import io.mealexpense.query.eventstream.ReadSide;
import io.mealexpense.query.sealedlog.TestSeal;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class LoggedEventsTest {

    @Test
    void nothing_is_sealed_until_the_first_checkpoint() throws InterruptedException {
        try (var readSide = ReadSide.open()) {
            var stored = new LoggedEvents(readSide.jdbc, readSide.source(10));
            readSide.log.append(lunchRecorded());
            assertThat(stored.sealedUpTo()).isZero();
            assertThat(TestSeal.of(readSide.database).seal()).isEqualTo(1);
            assertThat(stored.sealedUpTo()).isEqualTo(1);
        }
    }
}
