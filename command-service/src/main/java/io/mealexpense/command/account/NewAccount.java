package io.mealexpense.command.account;

/**
 * What somebody says of themselves when they open an account.
 *
 * @param password as typed, in NFC
 * @param currency ISO 4217 code of a circulating currency
 * @param zone IANA time zone
 */
public record NewAccount(Email email, String password, String displayName, String currency, String zone) {

    public static final String DEFAULT_CURRENCY = "EUR";
    public static final String DEFAULT_ZONE = "UTC";

    /** Without the password: this may end in a log. */
    @Override
    public String toString() {
        return "NewAccount[" + currency + ", " + zone + "]";
    }
}
