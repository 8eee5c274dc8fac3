package io.mealexpense.benchmarks.dataset;

import java.time.Instant;
import java.util.UUID;

/**
 * A row of the log as the product would have written it.
 *
 * @param position 1, 2, 3 …
 * @param payload JSON as the product spells it
 * @param metadata JSON as the product spells it
 */
public record GeneratedEvent(
        long position,
        String aggregateType,
        UUID aggregateId,
        long sequence,
        UUID eventId,
        String name,
        String revision,
        Instant recordedAt,
        String payload,
        String metadata) {

    /** One line of PostgreSQL's COPY text format, in the order of {@link LogLoader#COLUMNS}, command id absent. */
    void appendTo(StringBuilder line) {
        line.append(position).append('\t').append(aggregateType).append('\t').append(aggregateId);
        line.append('\t')
                .append(sequence)
                .append('\t')
                .append(eventId)
                .append('\t')
                .append(name);
        line.append('\t').append(revision).append('\t').append(recordedAt).append('\t');
        escape(payload, line);
        line.append('\t');
        escape(metadata, line);
        line.append('\n');
    }

    private static void escape(String text, StringBuilder line) {
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            switch (c) {
                case '\\' -> line.append("\\\\");
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                case '\t' -> line.append("\\t");
                default -> line.append(c);
            }
        }
    }
}
