package io.mealexpense.query.readmodel;

import com.fasterxml.jackson.annotation.JsonValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Locale;

/** Ways of ordering, by their codes. */
@Schema(enumAsRef = true)
public enum OrderType implements Coded {
    DINE_IN,
    TAKEOUT,
    DELIVERY,
    DRIVE_THRU,
    CATERING,
    OTHER;

    @Override
    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
