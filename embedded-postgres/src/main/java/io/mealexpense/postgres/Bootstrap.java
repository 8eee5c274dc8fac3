package io.mealexpense.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The SQL that makes roles and database, for the server's single-user mode: no superuser ever connects.
 * One statement per line, each harmless when repeated, except the last which makes the database.
 */
final class Bootstrap {

    static final String DATABASE = "meals";
    static final String SERVERS_OWN_DATABASE = "postgres";
    static final String OWNER = "meals_owner";
    static final String TEST_ADMINISTRATOR = "meals_test_administrator";

    private final List<String> roles = new ArrayList<>();

    Bootstrap(Map<Role, String> passwords) {
        roles.add(createRole(OWNER));
        roles.add("ALTER ROLE " + OWNER + " NOLOGIN");
        passwords.forEach((role, password) -> login(role.roleName(), password));
        // never by inheritance: what a migration makes without SET ROLE would belong to the wrong role
        roles.add("GRANT " + OWNER + " TO " + Role.MIGRATOR.roleName() + " WITH ADMIN FALSE, INHERIT FALSE, SET TRUE");
        roles.add("ALTER ROLE " + Role.MIGRATOR.roleName() + " SET lock_timeout = '10s'");
        timeouts(Role.COMMAND, "15s", "5s");
        timeouts(Role.QUERY, "60s", "5s");
        timeouts(Role.AUDITOR, "1h", "5s");
        roles.add("ALTER ROLE " + Role.AUDITOR.roleName() + " SET default_transaction_read_only = on");
        backups();
        roles.add("ALTER ROLE postgres NOLOGIN PASSWORD NULL");
    }

    /** REPLICATION lets it hold the log back with a slot; no access rule lets anybody stream. */
    private void backups() {
        roles.add("ALTER ROLE " + Role.BACKUP.roleName() + " REPLICATION");
        roles.add("GRANT EXECUTE ON FUNCTION pg_backup_start(text, boolean), pg_backup_stop(boolean) TO "
                + Role.BACKUP.roleName());
    }

    Bootstrap withTestAdministrator(String password) {
        login(TEST_ADMINISTRATOR, password);
        roles.add("ALTER ROLE " + TEST_ADMINISTRATOR + " CREATEDB");
        roles.add("GRANT " + OWNER + ", pg_read_all_stats TO " + TEST_ADMINISTRATOR);
        return this;
    }

    /** For a server that has its database already, when the roles or their passwords changed. */
    String rolesOnly() {
        return String.join("\n", roles) + "\n";
    }

    String complete() {
        return rolesOnly() + "CREATE DATABASE " + DATABASE + " OWNER " + OWNER + "\n"
                + String.join("\n", access(DATABASE)) + "\n";
    }

    /** Who may enter a database: the roles of the product, nobody else. Run as its owner. */
    static List<String> access(String database) {
        var grants = new ArrayList<String>();
        grants.add("REVOKE ALL ON DATABASE " + database + " FROM PUBLIC");
        for (var role : Role.ofProduct()) {
            grants.add("GRANT CONNECT ON DATABASE " + database + " TO " + role.roleName());
        }
        return grants;
    }

    /** Tells whether a server has been given exactly these roles and passwords. */
    String fingerprint() {
        return Hash.of(rolesOnly());
    }

    private void login(String role, String password) {
        roles.add(createRole(role));
        roles.add("ALTER ROLE " + role + " LOGIN PASSWORD '" + password + "'");
        roles.add("ALTER ROLE " + role + " SET idle_in_transaction_session_timeout = '60s'");
    }

    /** Defaults of a role: a session with longer work to do may set its own. */
    private void timeouts(Role role, String statement, String lock) {
        roles.add("ALTER ROLE " + role.roleName() + " SET statement_timeout = '" + statement + "'");
        roles.add("ALTER ROLE " + role.roleName() + " SET lock_timeout = '" + lock + "'");
    }

    private static String createRole(String role) {
        return "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '" + role + "') THEN CREATE ROLE "
                + role + "; END IF; END $$";
    }
}
