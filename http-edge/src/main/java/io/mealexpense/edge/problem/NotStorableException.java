package io.mealexpense.edge.problem;

import tools.jackson.core.JsonParser;
import tools.jackson.databind.DatabindException;

/** Text that is legal JSON but that no database can keep; the message may be shown. */
public final class NotStorableException extends DatabindException {

    private static final long serialVersionUID = 1L;

    public NotStorableException(JsonParser parser, String message) {
        super(parser, message);
    }
}
