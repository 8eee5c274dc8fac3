package io.mealexpense.command.account;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How accounts are kept and signed in.
 *
 * @param masterKey base64 of 32 random bytes; the signing keys are stored under it
 * @param formerMasterKeys the same of keys that were used before; what is stored under them is stored anew
 * @param admin the first administrator, made at start where there is none
 * @param session how long a sign-in lasts
 * @param signingKey how often the key that signs access tokens changes
 * @param passwordHashing how much hashing at a time
 * @param throttle attempts allowed; each instance counts for itself
 */
@Validated
@ConfigurationProperties("meals.command")
record AccountProperties(
        @DefaultValue("") String masterKey,
        @DefaultValue List<String> formerMasterKeys,
        @DefaultValue AdminProperties admin,
        @Valid @DefaultValue SessionProperties session,
        @Valid @DefaultValue SigningKeyProperties signingKey,
        @Valid @DefaultValue PasswordHashingProperties passwordHashing,
        @Valid @DefaultValue ThrottleProperties throttle) {

    /**
     * @param email empty for none
     */
    record AdminProperties(
            @DefaultValue("") String email,
            @DefaultValue("") String password) {

        boolean given() {
            return !email.isBlank() && !password.isEmpty();
        }

        /** Without the password: this may end in a log. */
        @Override
        public String toString() {
            return "AdminProperties[given=" + given() + "]";
        }
    }

    /**
     * @param lifetime after the last refresh
     * @param grace how long after its use a browser's refresh token counts as used by another tab at the same moment,
     *     or by an answer that was lost, rather than as stolen; never for API clients
     */
    record SessionProperties(
            @NotNull @DefaultValue("30d") Duration lifetime,
            @NotNull @DefaultValue("10s") Duration grace) {}

    /**
     * @param age how long a key signs
     * @param madeAfter what keys must be younger than: an older one counts for nothing once this moment has come; absent
     *     while the present ones will do
     */
    record SigningKeyProperties(
            @NotNull @DefaultValue("30d") Duration age,
            @Nullable Instant madeAfter) {}

    /**
     * @param concurrent passwords hashed at a time, 19 MiB each
     * @param patience how long one more waits for its turn
     */
    record PasswordHashingProperties(
            @Min(1) @DefaultValue("2") int concurrent,
            @NotNull @DefaultValue("5s") Duration patience) {}

    /**
     * @param register per client address
     * @param signIn per client address
     * @param password wrong passwords per account, or per e-mail address that has none
     */
    record ThrottleProperties(
            @Valid @DefaultValue RegisterLimit register,
            @Valid @DefaultValue SignInLimit signIn,
            @Valid @DefaultValue PasswordLimit password) {}

    /**
     * @param burst attempts at once
     * @param perMinute attempts after that
     */
    record RegisterLimit(
            @Min(1) @DefaultValue("20") int burst,
            @Min(1) @DefaultValue("20") int perMinute) {}

    /**
     * @param burst attempts at once
     * @param perMinute attempts after that
     */
    record SignInLimit(
            @Min(1) @DefaultValue("100") int burst,
            @Min(1) @DefaultValue("100") int perMinute) {}

    /**
     * @param burst attempts at once
     * @param perMinute attempts after that
     */
    record PasswordLimit(
            @Min(1) @DefaultValue("10") int burst,
            @Min(1) @DefaultValue("10") int perMinute) {}

    /** Without the keys: this may end in a log. */
    @Override
    public String toString() {
        return "AccountProperties[" + session + ", " + signingKey + ", " + passwordHashing + ", " + throttle + "]";
    }
}
