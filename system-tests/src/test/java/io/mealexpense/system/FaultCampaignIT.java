package io.mealexpense.system;

import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A minute of the faults of one seed; {@code .ci/faults} runs it longer ({@code -Dcampaign.seconds}) and from other seeds. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("alone")
class FaultCampaignIT {

    @Test
    void nothing_is_lost_doubled_or_wrong_whatever_befalls_processes_and_networks() throws InterruptedException {
        var seed = Long.getLong("campaign.seed", 1);
        var length = Duration.ofSeconds(Long.getLong("campaign.seconds", 60));
        try (var campaign = new FaultCampaign(seed, length)) {
            campaign.run();
        }
    }
}
