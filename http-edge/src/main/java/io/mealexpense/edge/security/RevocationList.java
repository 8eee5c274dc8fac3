package io.mealexpense.edge.security;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Revocations of the last minutes, as the command side publishes them and both sides keep them in memory.
 *
 * @param notBefore session or account id → tokens issued at or before this moment are refused
 */
public record RevocationList(Map<UUID, Instant> notBefore) implements Revocations {

    public static final RevocationList NONE = new RevocationList(Map.of());

    /**
     * One entry as published.
     *
     * @param id a session or an account
     * @param at tokens issued at or before this moment are refused
     */
    public record Entry(UUID id, Instant at) {}

    /** The published document. */
    public record Document(Collection<Entry> revocations) {}

    public RevocationList {
        notBefore = Map.copyOf(notBefore);
    }

    public static RevocationList of(Collection<Entry> entries) {
        return new RevocationList(
                entries.stream().collect(Collectors.toMap(Entry::id, Entry::at, (a, b) -> a.isAfter(b) ? a : b)));
    }

    @Override
    public boolean revoked(UUID sessionId, UUID accountId, Instant issuedAt) {
        return refuses(sessionId, issuedAt) || refuses(accountId, issuedAt);
    }

    private boolean refuses(UUID id, Instant issuedAt) {
        var limit = notBefore.get(id);
        return limit != null && !issuedAt.isAfter(limit);
    }
}
