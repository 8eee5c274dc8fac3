package io.mealexpense.events;

import java.util.UUID;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * An administrator took note that the log was restored from a backup, and let it be appended to again. What had been
 * recorded after its last event is lost.
 *
 * @param recoveryId this declaration
 * @param systemIdentifierBefore the database cluster that the log was appended to before, by PostgreSQL's
 *     {@code system_identifier}, a number of 64 bits in decimal; absent if that is not known any more
 * @param timelineBefore the timeline it was at, likewise
 * @param systemIdentifier the cluster that it is appended to from here on; the same after a point-in-time recovery
 * @param timeline the timeline it is at; the same where an older copy was put back as it was
 * @param lastPosition the last event that was restored, the one right before this event; 0 for none
 * @param publishedSize events that the last checkpoint published before sealed, where that is known; those beyond
 *     {@code lastPosition} are lost
 * @param publishedRoot the root of that checkpoint, 32 bytes in base64
 * @param reason why, in the words of whoever did it
 */
@Revision("1")
public record LogRecoveryDeclared(
        UUID recoveryId,
        @Nullable String systemIdentifierBefore,
        @Nullable Integer timelineBefore,
        String systemIdentifier,
        int timeline,
        long lastPosition,
        @Nullable Long publishedSize,
        @Nullable String publishedRoot,
        @Personal String reason)
        implements RecoveryEvent {}
