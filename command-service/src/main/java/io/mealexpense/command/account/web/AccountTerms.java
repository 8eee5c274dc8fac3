package io.mealexpense.command.account.web;

import io.mealexpense.command.account.Email;
import io.mealexpense.command.account.NewAccount;
import io.mealexpense.command.expense.Currencies;
import io.mealexpense.edge.problem.FieldError;
import io.mealexpense.edge.problem.ProblemException;
import java.text.Normalizer;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a new account may say of itself; every field that cannot be is named. */
final class AccountTerms {

    /** Characters. */
    static final int MAX_DISPLAY_NAME = 80;

    private AccountTerms() {}

    static NewAccount of(
            @Nullable String email,
            @Nullable String password,
            @Nullable String displayName,
            @Nullable String currency,
            @Nullable String zone) {
        var errors = new ArrayList<FieldError>();
        var address = Email.parse(String.valueOf(email));
        if (address.isEmpty()) {
            errors.add(new FieldError("email", "is not an e-mail address"));
        }
        var name = Normalizer.normalize(String.valueOf(displayName), Normalizer.Form.NFC)
                .strip();
        if (name.isEmpty() || name.codePoints().anyMatch(Character::isISOControl)) {
            errors.add(new FieldError("displayName", "is empty or contains control characters"));
        }
        var money = Objects.requireNonNullElse(currency, NewAccount.DEFAULT_CURRENCY);
        if (Currencies.circulating(money).isEmpty()) {
            errors.add(new FieldError("currency", "is not the ISO 4217 code of a currency in use"));
        }
        var region = Objects.requireNonNullElse(zone, NewAccount.DEFAULT_ZONE);
        if (!ZoneId.getAvailableZoneIds().contains(region)) {
            errors.add(new FieldError("zone", "is not an IANA time zone"));
        }
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
        return new NewAccount(address.orElseThrow(), String.valueOf(password), name, money, region);
    }
}
