package io.mealexpense.events.serialization;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.time.LocalTime;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The spelling of events: amounts as decimal strings, dates and instants in ISO 8601, times to the minute, absent
 * components left out, nothing unknown accepted.
 */
public final class EventJson {

    private EventJson() {}

    static void configure(JsonMapper.Builder json) {
        json.withConfigOverride(
                        BigDecimal.class, type -> type.setFormat(JsonFormat.Value.forShape(JsonFormat.Shape.STRING)))
                .withConfigOverride(LocalTime.class, type -> type.setFormat(JsonFormat.Value.forPattern("HH:mm")))
                .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
                // components are written in the order of the record: the bytes of a fact never depend on reflection
                // order
                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .changeDefaultPropertyInclusion(
                        inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL));
    }

    /** A mapper that spells events as the log does. */
    public static JsonMapper mapper() {
        var json = JsonMapper.builder();
        configure(json);
        return json.build();
    }
}
