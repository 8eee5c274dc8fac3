package io.mealexpense.system;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.none;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;

/**
 * Puts a process's clock forward or back: an agent of its JVM that shifts what {@link Instant#now()} and {@link Clock}
 * say, whoever asks. By how much stands in a file, which is looked at five times a second: a clock can jump while people
 * work. PostgreSQL, which is another process, keeps the time of its own {@link ServerClock}.
 */
public final class OtherClock {

    /** Of this name the process that is shifted knows by how many seconds. */
    private static final String SECONDS = "io.mealexpense.system.other-clock";

    private static final long LOOK_MILLIS = 200;

    private OtherClock() {}

    /**
     * What a JVM is started with whose clock is wrong.
     *
     * @param file where {@link #set} says by how much
     */
    static List<String> jvmOptions(Path folder, Path file) {
        return List.of("-javaagent:%s=%s".formatted(agent(folder), file));
    }

    /** Puts the clock of whoever looks at the file. */
    static void set(Path file, Duration wrongBy) {
        try {
            var whole = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), "" + wrongBy.toSeconds());
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
            for (var type : List.of(OtherClock.class, Shift.class)) {
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
    public static void premain(String file, Instrumentation jvm) {
        look(Path.of(file));
        Thread.ofPlatform().name("other-clock").daemon().start(() -> {
            while (true) {
                LockSupport.parkNanos(Duration.ofMillis(LOOK_MILLIS).toNanos());
                look(Path.of(file));
            }
        });
        var shift = Advice.to(Shift.class);
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
                        - Long.getLong(SECONDS))
                > 5) {
            throw new IllegalStateException("The clock of this JVM cannot be put by " + Long.getLong(SECONDS) + " s");
        }
    }

    private static void look(Path file) {
        try {
            System.setProperty(SECONDS, Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Becomes part of the method that says what time it is. */
    private static final class Shift {

        private Shift() {}

        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) Instant now) {
            now = now.plusSeconds(Long.getLong("io.mealexpense.system.other-clock", 0L));
        }
    }
}
