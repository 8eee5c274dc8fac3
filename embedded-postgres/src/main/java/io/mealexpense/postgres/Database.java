package io.mealexpense.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;

/**
 * Where a database is and how each role gets in.
 *
 * @param port TCP, on 127.0.0.1 only
 */
public record Database(String name, int port, Map<Role, String> passwords) {

    public Database {
        passwords = Map.copyOf(passwords);
    }

    public String url() {
        return url(name);
    }

    private String url(String database) {
        return "jdbc:postgresql://" + PostgresServer.HOST + ":" + port + "/" + database;
    }

    public String username(Role role) {
        return role.roleName();
    }

    public String password(Role role) {
        return passwords.get(role);
    }

    /** A single connection; needs the PostgreSQL driver on the class path. */
    public Connection connect(Role role) throws SQLException {
        var url = role == Role.BACKUP ? url(Bootstrap.SERVERS_OWN_DATABASE) : url();
        return DriverManager.getConnection(url, username(role), password(role));
    }

    /** Without the passwords: this may end in a log. */
    @Override
    public String toString() {
        return url();
    }
}
