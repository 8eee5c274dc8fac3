package io.mealexpense.system;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.none;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;

/**
 * Puts a process's clock forward or back: an agent of its JVM that shifts what {@link Instant#now()} and {@link Clock}
 * say, whoever asks. PostgreSQL, which is another process, keeps the right time.
 */
public final class OtherClock {

    private OtherClock() {}

    /** What a JVM is started with whose clock is wrong by so much; nothing where it is right. */
    static List<String> jvmOptions(Path folder, Duration wrongBy) {
        if (wrongBy.isZero()) {
            return List.of();
        }
        return List.of("-javaagent:%s=%d".formatted(agent(folder), wrongBy.toSeconds()));
    }

    private static Path agent(Path folder) {
        var jar = folder.resolve("other-clock.jar");
        if (Files.exists(jar)) {
            return jar;
        }
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", OtherClock.class.getName());
        manifest.getMainAttributes().putValue("Can-Retransform-Classes", "true");
        manifest.getMainAttributes()
                .put(
                        Attributes.Name.CLASS_PATH,
                        AgentBuilder.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toString());
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            for (var type : List.of(OtherClock.class, Shift.class, Seconds.class)) {
                var name = type.getName().replace('.', '/') + ".class";
                out.putNextEntry(new JarEntry(name));
                try (var in = OtherClock.class.getResourceAsStream("/" + name)) {
                    in.transferTo(out);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return jar;
    }

    /** Run by the JVM before the program's own. */
    public static void premain(String seconds, Instrumentation jvm) {
        var shift = Advice.withCustomMapping()
                .bind(Seconds.class, Long.parseLong(seconds))
                .to(Shift.class);
        new AgentBuilder.Default()
                .disableClassFormatChanges()
                .with(AgentBuilder.RedefinitionStrategy.RETRANSFORMATION)
                .with(AgentBuilder.Listener.StreamWriting.toSystemError().withErrorsOnly())
                .ignore(none())
                .type(named("java.time.Clock"))
                .transform((type, description, loader, module, domain) -> type.visit(shift.on(named("currentInstant"))))
                .installOn(jvm);
        if (Math.abs(Clock.systemUTC().instant().getEpochSecond()
                        - System.currentTimeMillis() / 1_000
                        - Long.parseLong(seconds))
                > 5) {
            throw new IllegalStateException("The clock of this JVM cannot be put by " + seconds + " s");
        }
    }

    /** By how much. */
    @Retention(RetentionPolicy.RUNTIME)
    @interface Seconds {}

    /** Becomes part of the method that says what time it is. */
    private static final class Shift {

        private Shift() {}

        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) Instant now, @Seconds long seconds) {
            now = now.plusSeconds(seconds);
        }
    }
}
