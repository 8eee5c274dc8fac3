package io.mealexpense.postgres;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Map;
import java.util.Properties;

/** One random password per role, kept in {@code credentials.properties}. */
final class Credentials {

    private static final int PASSWORD_BYTES = 32;

    private Credentials() {}

    /** A lost file, or a role that it does not know yet, gets new passwords; the server is told before it starts. */
    static Map<Role, String> readOrCreate(Path path) {
        var file = SecretFile.at(path);
        var passwords = read(file);
        if (passwords.size() < Role.values().length) {
            for (var role : Role.values()) {
                passwords.computeIfAbsent(role, missing -> newPassword());
            }
            var text = new StringBuilder("# Passwords of the database roles, made by this installation\n");
            passwords.forEach((role, password) ->
                    text.append(role.roleName()).append('=').append(password).append('\n'));
            file.write(text.toString().getBytes(StandardCharsets.UTF_8));
        }
        return passwords;
    }

    /** Those that are there and whole. */
    static Map<Role, String> read(Path path) {
        return read(SecretFile.at(path));
    }

    private static Map<Role, String> read(SecretFile file) {
        var known = new Properties();
        file.read().ifPresent(bytes -> load(known, bytes));
        var passwords = new EnumMap<Role, String>(Role.class);
        for (var role : Role.values()) {
            var password = known.getProperty(role.roleName());
            if (password != null && password.matches("[A-Za-z0-9_-]{43}")) {
                passwords.put(role, password);
            }
        }
        return passwords;
    }

    static String newPassword() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(SecretFile.random(PASSWORD_BYTES));
    }

    private static void load(Properties properties, byte[] bytes) {
        try {
            properties.load(new StringReader(new String(bytes, StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
