package io.mealexpense.standalone;

import io.mealexpense.command.account.SetupInvitation;
import io.mealexpense.standalone.demo.Demo;
import io.mealexpense.standalone.demo.StagedClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Says where the product is, how to get in, and fills a demonstration at its first start. */
@Component
class Welcome implements SetupInvitation {

    /** In a demonstration's folder once it is filled. */
    private static final String LOGINS = "demonstration-logins.txt";

    private final StandaloneProperties properties;
    private final WebServerApplicationContext context;
    private final Clock clock;
    private final Optional<StagedClock> stage;
    private @Nullable String setupToken;

    /**
     * @param stage there at the first start of a demonstration
     */
    Welcome(
            StandaloneProperties properties,
            WebServerApplicationContext context,
            Clock clock,
            Optional<StagedClock> stage) {
        this.properties = properties;
        this.context = context;
        this.clock = clock;
        this.stage = stage;
    }

    /** Called once the service answers, before {@link #greet}. */
    @Override
    public void invite(String token) {
        setupToken = token;
    }

    @EventListener(ApplicationReadyEvent.class)
    @Order(Ordered.LOWEST_PRECEDENCE)
    void greet() {
        var base = URI.create("http://localhost:" + context.getWebServer().getPort());
        if (properties.demo()) {
            say("", "Meal Expense Tracker (demonstration): " + base);
            demonstrate(base).forEach(line -> say(line));
        } else {
            say("", "Meal Expense Tracker: " + base);
            if (setupToken != null) {
                say("Make the first administrator here, once: " + base + "/setup?token=" + setupToken);
            }
        }
        say("Data: " + properties.dataDir(), "Ctrl-C stops it.", "");
    }

    private List<String> demonstrate(URI base) {
        var logins = properties.dataDir().resolve(LOGINS);
        try {
            if (!Files.exists(logins)) {
                if (setupToken == null || stage.isEmpty()) {
                    return List.of("The demonstration was interrupted while it was being filled. Delete "
                            + properties.dataDir() + " and start again.");
                }
                say("Filling the demonstration …");
                try (var staged = stage.get()) {
                    var lines = new Demo(base, clock, staged)
                            .fill(setupToken).stream()
                                    .map(login ->
                                            "  %-14s %-22s %s".formatted(login.role(), login.email(), login.password()))
                                    .toList();
                    write(logins, lines);
                }
            }
            return Files.readAllLines(logins);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void write(Path file, List<String> lines) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(file, lines);
    }

    private static void say(String... lines) {
        for (var line : lines) {
            System.out.println(line);
        }
    }
}
