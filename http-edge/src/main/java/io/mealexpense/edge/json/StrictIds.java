package io.mealexpense.edge.json;

import java.beans.PropertyEditorSupport;
import java.util.UUID;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.InitBinder;

/** One spelling per id in paths and parameters: Java alone would take {@code 1-0-0-0-1} for a UUID too. */
@ControllerAdvice
public class StrictIds {

    /** An editor, not a converter: what a converter refuses, Spring's own editor for UUIDs would still take. */
    @InitBinder
    void readIdsStrictly(WebDataBinder binder) {
        binder.registerCustomEditor(UUID.class, new PropertyEditorSupport() {
            @Override
            public void setAsText(String text) {
                var id = UUID.fromString(text);
                if (!id.toString().equalsIgnoreCase(text)) {
                    throw new IllegalArgumentException("Not the canonical form of a UUID");
                }
                setValue(id);
            }
        });
    }
}
