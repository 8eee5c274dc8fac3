package io.mealexpense.command.account;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The master key for whoever has something to seal. */
@Configuration
class MasterKeyConfiguration {

    @Bean
    MasterKey masterKey(AccountProperties properties) {
        return MasterKey.of(properties.masterKey(), properties.formerMasterKeys());
    }
}
