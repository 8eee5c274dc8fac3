package io.mealexpense.edge.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Revocations of the last minutes, as the command side publishes them and both sides keep them in memory.
 *
 * @param notBefore fingerprint of a session's or account's id → tokens issued at or before this moment are refused
 */
public record RevocationList(Map<String, Instant> notBefore) implements Revocations {

    public static final RevocationList NONE = new RevocationList(Map.of());

    /**
     * One entry as published.
     *
     * @param fingerprint of a session's or an account's id: whoever reads the list learns no ids
     * @param at tokens issued at or before this moment are refused
     */
    public record Entry(String fingerprint, Instant at) {

        public static Entry of(UUID id, Instant at) {
            return new Entry(fingerprintOf(id), at);
        }
    }

    /** The published document. */
    public record Document(Collection<Entry> revocations) {}

    public RevocationList {
        notBefore = Map.copyOf(notBefore);
    }

    public static RevocationList of(Collection<Entry> entries) {
        return new RevocationList(entries.stream()
                .collect(Collectors.toMap(Entry::fingerprint, Entry::at, (a, b) -> a.isAfter(b) ? a : b)));
    }

    @Override
    public boolean revoked(UUID sessionId, UUID accountId, Instant issuedAt) {
        return refuses(sessionId, issuedAt) || refuses(accountId, issuedAt);
    }

    private boolean refuses(UUID id, Instant issuedAt) {
        var limit = notBefore.isEmpty() ? null : notBefore.get(fingerprintOf(id));
        return limit != null && !issuedAt.isAfter(limit);
    }

    private static String fingerprintOf(UUID id) {
        try {
            var digest =
                    MessageDigest.getInstance("SHA-256").digest(id.toString().getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
