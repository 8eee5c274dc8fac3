package io.mealexpense.edge.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ActiveMembersTest {

    @Test
    void each_is_counted_once_and_none_is_named() {
        var registry = new SimpleMeterRegistry();
        var members = new ActiveMembers();
        members.bindTo(registry);
        var alice = UUID.randomUUID();
        members.saw(alice);
        members.saw(alice);
        members.saw(UUID.randomUUID());
        assertThat(registry.get(ActiveMembers.NAME).gauge().value()).isEqualTo(2);
        assertThat(registry.getMetersAsString()).doesNotContain(alice.toString());
    }
}
