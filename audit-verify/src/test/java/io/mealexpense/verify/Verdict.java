package io.mealexpense.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.mealexpense.postgres.Role;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What the program said. */
record Verdict(int exitCode, String output) {

    private static final Pattern FIRST = Pattern.compile("the first: positions? (\\d+)(?: to (\\d+))?, ([a-z_, ]+): ");

    static Verdict of(String... arguments) {
        var output = new ByteArrayOutputStream();
        var stream = new PrintStream(output, true, StandardCharsets.UTF_8);
        var exitCode = new AuditVerify(stream, stream).run(arguments);
        return new Verdict(exitCode, output.toString(StandardCharsets.UTF_8));
    }

    /** Of a history and what was published in a folder; with the history's key, unless others are given. */
    static Verdict on(History history, Path folder, String... more) {
        var arguments = new ArrayList<>(List.of(
                "--url",
                history.database.url(),
                "--password-file",
                passwordFile(history.database.password(Role.AUDITOR)).toString(),
                "--checkpoints",
                folder.toString()));
        if (!List.of(more).contains("--key")) {
            arguments.addAll(List.of("--key", History.key()));
        }
        arguments.addAll(List.of(more));
        return of(arguments.toArray(String[]::new));
    }

    static Path passwordFile(String password) {
        try {
            return Files.writeString(Files.createTempFile("auditor", ".password"), "meals_auditor=" + password + "\n");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    void isClean() {
        assertThat(output).contains("Clean").doesNotContain("VIOLATION");
        assertThat(exitCode).isEqualTo(AuditVerify.CLEAN);
    }

    void firstIsAt(long position, String field) {
        firstIsAt(position, position, field);
    }

    void firstIsAt(long position, long upTo, String field) {
        assertThat(exitCode).as(output).isEqualTo(AuditVerify.VIOLATION);
        var first = FIRST.matcher(output);
        assertThat(first.find()).as(output).isTrue();
        assertThat(first.group(1)).as(output).isEqualTo(Long.toString(position));
        assertThat(first.group(2) == null ? first.group(1) : first.group(2))
                .as(output)
                .isEqualTo(Long.toString(upTo));
        assertThat(first.group(3)).as(output).isEqualTo(field);
    }

    void isNotCompleted() {
        assertThat(output).contains("Not verified.").doesNotContain("Clean");
        assertThat(exitCode).as(output).isEqualTo(AuditVerify.NOT_COMPLETED);
    }

    Verdict alsoSays(String text) {
        assertThat(output).contains(text);
        return this;
    }
}
