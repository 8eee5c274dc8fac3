package io.mealexpense.command.account;

import io.mealexpense.edge.security.RevocationList;
import io.mealexpense.edge.security.Revocations;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The revocations that still matter, in memory: at once those of this instance, within seconds those of the others. */
@Component
public class LiveRevocations implements Revocations {

    /** Longer than any access token lives. */
    private static final Duration WINDOW = Duration.ofMinutes(10);

    private final RevocationRows rows;
    private final Clock clock;
    private final Object refreshing = new Object();
    private volatile List<RevocationList.Entry> entries = List.of();
    private volatile Revocations current = RevocationList.NONE;

    LiveRevocations(RevocationRows rows, Clock clock) {
        this.rows = rows;
        this.clock = clock;
    }

    /** Called after every revocation made here, and every few seconds for those made elsewhere. */
    void refresh() {
        synchronized (refreshing) { // so that an older answer never replaces a newer one
            entries = rows.findByAtAfter(clock.instant().minus(WINDOW)).stream()
                    .map(row -> RevocationList.Entry.of(row.id, row.at))
                    .toList();
            current = RevocationList.of(entries);
        }
    }

    /** As published for the query side. */
    public RevocationList.Document document() {
        return new RevocationList.Document(entries);
    }

    @Override
    public boolean revoked(UUID sessionId, UUID accountId, Instant issuedAt) {
        return current.revoked(sessionId, accountId, issuedAt);
    }
}
