package io.mealexpense.standalone;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What the command line said.
 *
 * @param dataDir where everything is kept
 * @param demo whether this is a demonstration
 */
@ConfigurationProperties("meals.standalone")
record StandaloneProperties(Path dataDir, boolean demo) {}
