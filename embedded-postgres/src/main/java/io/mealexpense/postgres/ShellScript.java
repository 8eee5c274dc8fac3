package io.mealexpense.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** What PostgreSQL runs by a shell, kept in a file so that only one level has to be quoted. */
final class ShellScript {

    private ShellScript() {}

    static void write(Path file, String body) {
        try {
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Files.writeString(file, "#!/bin/sh\nset -eu\n" + body);
        } catch (IOException e) {
            throw new EmbeddedPostgresException(file + " cannot be written: " + PrivateFiles.reason(e), e);
        }
    }

    /** One word for the shell, whatever is in it. */
    static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
