package io.mealexpense.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program is started by a Java that may be too old for it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LauncherTest {

    private static final String LAUNCHER = "io/mealexpense/verify/Launcher.class";
    private static final String PROGRAM = "io/mealexpense/verify/AuditVerify.class";

    /** Where the version stands in a class file (JVMS 4.1). */
    private static final int MAJOR_VERSION = 6;

    private static final short JAVA_8 = 52;

    @TempDir
    private Path classes;

    private static byte[] classFile(String name) throws IOException {
        try (var in = LauncherTest.class.getClassLoader().getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }

    private void put(String name, byte[] content) throws IOException {
        var file = classes.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }

    private record Ended(int exitCode, String said) {}

    private static Ended launch(String classPath, String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath,
                "io.mealexpense.verify.Launcher"));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), said);
    }

    @Test
    void a_java_that_cannot_run_the_program_has_not_verified_anything() throws Exception {
        var program = classFile(PROGRAM);
        ByteBuffer.wrap(program).putShort(MAJOR_VERSION, Short.MAX_VALUE); // of a Java that is still to come
        put(PROGRAM, program);
        put(LAUNCHER, classFile(LAUNCHER));
        var ended = launch(classes.toString(), "--help");
        assertThat(ended.said())
                .contains("this Java is too old", "Not verified.")
                .doesNotContain("Usage");
        assertThat(ended.exitCode()).isEqualTo(AuditVerify.NOT_COMPLETED);
    }

    @Test
    void any_java_since_8_can_say_so() throws Exception {
        assertThat(ByteBuffer.wrap(classFile(LAUNCHER)).getShort(MAJOR_VERSION)).isEqualTo(JAVA_8);
    }

    @Test
    void one_that_can_runs_it() throws Exception {
        var classPath = System.getProperty("java.class.path");
        var help = launch(classPath, "--help");
        assertThat(help.said()).contains("Usage: audit-verify");
        assertThat(help.exitCode()).isZero();
        assertThat(launch(classPath, "--surprise").exitCode()).isEqualTo(AuditVerify.NOT_COMPLETED);
    }
}
