package io.mealexpense.postgres;

import java.util.List;

/** The accounts of the product on its database; each side gets by with its own and none is a superuser. */
public enum Role {
    /** Used while migrations run; {@code SET ROLE meals_owner} makes it the owner of what it creates. */
    MIGRATOR("meals_migrator"),
    /** The write side. */
    COMMAND("meals_command"),
    /** The read side. */
    QUERY("meals_query"),
    /** Whoever verifies the log: reads it and its seal, nothing else. */
    AUDITOR("meals_auditor"),
    /** Whoever takes a backup: begins and ends it in the server's own database, and enters none of the product's. */
    BACKUP("meals_backup");

    private final String roleName;

    Role(String roleName) {
        this.roleName = roleName;
    }

    /** Those that enter the product's database. */
    static List<Role> ofProduct() {
        return List.of(MIGRATOR, COMMAND, QUERY, AUDITOR);
    }

    /** As PostgreSQL knows it. */
    public String roleName() {
        return roleName;
    }
}
