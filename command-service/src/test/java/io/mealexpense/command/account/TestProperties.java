package io.mealexpense.command.account;

import io.mealexpense.command.WriteSideOnPostgres;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Properties as the service would bind them, with a master key. */
final class TestProperties {

    static final String MASTER_KEY = WriteSideOnPostgres.MASTER_KEY;

    private TestProperties() {}

    static AccountProperties of(String... keysAndValues) {
        var values = new HashMap<String, String>(Map.of("meals.command.master-key", MASTER_KEY));
        for (var i = 0; i < keysAndValues.length; i += 2) {
            values.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return new Binder(new MapConfigurationPropertySource(values))
                .bind("meals.command", AccountProperties.class)
                .get();
    }
}
