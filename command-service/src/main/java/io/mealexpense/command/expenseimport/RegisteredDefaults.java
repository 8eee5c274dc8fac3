package io.mealexpense.command.expenseimport;

import io.mealexpense.command.eventstore.StoredEvents;
import io.mealexpense.events.AccountRegistered;
import java.time.ZoneId;
import java.util.Currency;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Reads an account's defaults from the event of its registration. */
@Component
class RegisteredDefaults implements AccountDefaults {

    private final StoredEvents storedEvents;

    RegisteredDefaults(StoredEvents storedEvents) {
        this.storedEvents = storedEvents;
    }

    @Override
    public Currency currency(UUID accountId) {
        return Currency.getInstance(registration(accountId).currency());
    }

    @Override
    public ZoneId zone(UUID accountId) {
        return ZoneId.of(registration(accountId).zone());
    }

    private AccountRegistered registration(UUID accountId) {
        return storedEvents
                .first(accountId)
                .filter(found -> found.event() instanceof AccountRegistered)
                .map(found -> (AccountRegistered) found.event())
                .orElseThrow(() -> new IllegalStateException("No registration of account " + accountId));
    }
}
