package io.mealexpense.command.account;

import java.util.Locale;

/** Where an account stands. */
public enum AccountStatus {
    /** Its registration is not in the log yet; a sign-in completes it. */
    PENDING,
    ACTIVE,
    /** May not sign in. */
    DISABLED;

    /** As told to clients. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
