package io.mealexpense.command.expenseimport;

import java.time.ZoneId;
import java.util.Currency;
import java.util.UUID;

/** What a file leaves open and an account settles. */
public interface AccountDefaults {

    Currency currency(UUID accountId);

    ZoneId zone(UUID accountId);
}
