package io.mealexpense.query.web;

import java.time.Instant;
import java.time.OffsetDateTime;

/** A moment of the past as a parameter: RFC 3339 with an offset or Z, to the microsecond, which is what the log keeps. */
public record PastInstant(Instant instant) {

    static PastInstant parse(String text) {
        return new PastInstant(OffsetDateTime.parse(text).toInstant());
    }
}
