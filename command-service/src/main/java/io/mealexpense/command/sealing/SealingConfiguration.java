package io.mealexpense.command.sealing;

import io.mealexpense.command.account.MasterKey;
import java.nio.file.Path;
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
        var publishers = properties.folder().isBlank()
                ? List.<CheckpointPublisher>of()
                : List.<CheckpointPublisher>of(new CheckpointFolder(Path.of(properties.folder())));
        return new LogSealer(dataSource, new SealingKeys(masterKey, properties.keyMadeAfter()), publishers, properties);
    }
}
