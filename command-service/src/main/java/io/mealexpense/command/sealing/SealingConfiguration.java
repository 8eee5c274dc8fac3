package io.mealexpense.command.sealing;

import io.mealexpense.command.account.MasterKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The sealer and where it publishes. */
@Configuration
@EnableConfigurationProperties(SealingProperties.class)
class SealingConfiguration {

    @Bean(initMethod = "start", destroyMethod = "close")
    LogSealer logSealer(
            @Qualifier("sealingDataSource") DataSource dataSource, MasterKey masterKey, SealingProperties properties) {
        return new LogSealer(
                dataSource, new SealingKeys(masterKey, properties.keyMadeAfter()), publishers(properties), properties);
    }

    private static List<CheckpointPublisher> publishers(SealingProperties properties) {
        var publishers = new ArrayList<CheckpointPublisher>();
        if (!properties.folder().isBlank()) {
            publishers.add(new CheckpointFolder(Path.of(properties.folder())));
        }
        if (properties.bucket() != null && !properties.bucket().toString().isEmpty()) {
            publishers.add(new CheckpointBucket(properties.bucket()));
        }
        return publishers;
    }
}
