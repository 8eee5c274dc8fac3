package io.mealexpense.system;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** For as long as {@code -Dcampaign.seconds} says, from {@code -Dcampaign.seed} or another seed each time: {@code .ci/faults}. */
@EnabledIfSystemProperty(named = "campaign.seconds", matches = "\\d+", disabledReason = ".ci/faults runs it")
@DisplayNameGeneration(ReplaceUnderscores.class)
class FaultCampaignIT {

    @Test
    void nothing_is_lost_doubled_or_wrong_whatever_befalls_processes_and_networks() throws InterruptedException {
        var seed = Long.getLong("campaign.seed", new Random().nextInt(1_000_000));
        var length = Duration.ofSeconds(Long.getLong("campaign.seconds"));
        try (var campaign = new FaultCampaign(seed, length)) {
            campaign.run();
        }
    }
}
