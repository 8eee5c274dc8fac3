package io.mealexpense.command.account;

import io.mealexpense.edge.security.Role;

/** Why a command on an account was not carried out; nothing was recorded. */
public abstract sealed class AccountRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private AccountRefused(String message) {
        super(message, null, false, false);
    }

    /** Only administrators change other people's accounts, and nobody another one's password. */
    public static final class NotAllowed extends AccountRefused {
        private static final long serialVersionUID = 1L;

        NotAllowed() {
            super("Only an administrator may change somebody's account.");
        }
    }

    /** So that an installation never ends up without an administrator. */
    public static final class OwnAdministration extends AccountRefused {
        private static final long serialVersionUID = 1L;

        OwnAdministration(String act) {
            super("Administrators cannot %s themselves; ask another one.".formatted(act));
        }
    }

    /** It is so already; asking for it again is no mistake. */
    public static final class NothingToChange extends AccountRefused {
        private static final long serialVersionUID = 1L;

        NothingToChange() {
            super("It is so already.");
        }
    }

    /** Somebody changed the account between the preparation of a password and its change. */
    public static final class Overtaken extends AccountRefused {
        private static final long serialVersionUID = 1L;

        Overtaken() {
            super("The account was changed at the same moment; nothing was done. Try again.");
        }
    }

    static AccountRefused ownRole(Role role) {
        return new OwnAdministration("take the role " + role + " from");
    }
}
