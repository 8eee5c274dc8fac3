package io.mealexpense.events.upcasting;

import static org.assertj.core.api.Assertions.assertThat;

import io.mealexpense.events.CategoryCreated;
import io.mealexpense.events.serialization.EventSerializer;
import java.util.UUID;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import org.axonframework.serialization.upcasting.event.SingleEventUpcaster;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

@DisplayNameGeneration(ReplaceUnderscores.class)
class EventUpcastersTest {

    private static final UUID CATEGORY = UUID.fromString("0199a000-0000-7000-8000-0000000000c1");
    private static final UUID OWNER = UUID.fromString("0199a000-0000-7000-8000-00000000000a");

    /** An example of a step: an imagined revision 0 of the event called the colour by another name. */
    private static final class CategoryCreatedUpcaster0To1 extends SingleEventUpcaster {
        private static final SimpleSerializedType FROM = new SimpleSerializedType("CategoryCreated", "0");
        private static final SimpleSerializedType TO = new SimpleSerializedType("CategoryCreated", "1");

        @Override
        protected boolean canUpcast(IntermediateEventRepresentation event) {
            return event.getType().equals(FROM);
        }

        @Override
        protected IntermediateEventRepresentation doUpcast(IntermediateEventRepresentation event) {
            return event.upcastPayload(TO, ObjectNode.class, payload -> {
                payload.set("colour", payload.remove("tint"));
                return payload;
            });
        }
    }

    @Test
    void an_old_spelling_is_read_as_the_present_event() {
        var chain = new EventUpcasterChain(new CategoryCreatedUpcaster0To1());

        assertThat(readThrough(chain, "0", """
                        {"categoryId":"%s","ownerId":"%s","name":"Drinks","tint":"#0E7490","icon":"glass"}""".formatted(CATEGORY, OWNER)))
                .isEqualTo(new CategoryCreated(CATEGORY, OWNER, "Drinks", "#0E7490", "glass"));
    }

    @Test
    void the_present_spelling_passes_the_products_chain_untouched() {
        assertThat(readThrough(EventUpcasters.chain(), "1", """
                        {"categoryId":"%s","ownerId":"%s","name":"Drinks","colour":"#0E7490","icon":"glass"}""".formatted(CATEGORY, OWNER)))
                .isEqualTo(new CategoryCreated(CATEGORY, OWNER, "Drinks", "#0E7490", "glass"));
    }

    private static Object readThrough(EventUpcasterChain chain, String revision, String payload) {
        return new EventReader(EventSerializer.create(), chain).read("CategoryCreated", revision, payload);
    }
}
