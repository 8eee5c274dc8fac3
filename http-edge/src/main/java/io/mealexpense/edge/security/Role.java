package io.mealexpense.edge.security;

/** What an account may do; roles add up. */
public enum Role {
    /** Keeps expenses, sees and changes only their own. */
    MEMBER,
    /** Sees everybody's expenses and the whole log, changes nothing. */
    AUDITOR,
    /** Runs the system and the accounts, reads no one else's expenses. */
    ADMIN
}
