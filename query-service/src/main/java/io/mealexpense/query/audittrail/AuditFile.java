package io.mealexpense.query.audittrail;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.mealexpense.query.web.SpreadsheetText;
import java.io.IOException;
import java.io.Writer;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

/** The log as a file, UTF-8, oldest event first. */
abstract sealed class AuditFile {

    abstract void add(AuditEvents.Event event) throws IOException;

    static AuditFile of(AuditExportParameters.Format format, Writer out) throws IOException {
        return switch (format) {
            case NDJSON -> new Lines(out);
            case CSV -> new Csv(out);
        };
    }

    /** One JSON object a line, each as the explorer's pages have it. */
    private static final class Lines extends AuditFile {

        private static final JsonMapper JSON = JsonMapper.builder()
                .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
                .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
                .build();

        private final Writer out;

        Lines(Writer out) {
            this.out = out;
        }

        @Override
        void add(AuditEvents.Event event) throws IOException {
            out.write(JSON.writeValueAsString(event));
            out.write('\n');
        }
    }

    /**
     * RFC 4180. Payload and metadata are the stored text; like every cell they are guarded where a spreadsheet would take
     * them for a formula.
     */
    private static final class Csv extends AuditFile {

        private static final String[] COLUMNS = {
            "position",
            "at",
            "event",
            "revision",
            "aggregate_type",
            "aggregate_id",
            "sequence",
            "event_id",
            "owner_id",
            "actor_id",
            "actor_roles",
            "client",
            "device",
            "request_id",
            "command_id",
            "reason",
            "payload",
            "metadata",
            "deviation"
        };

        private final CSVPrinter printer;

        Csv(Writer out) throws IOException {
            printer = CSVFormat.RFC4180.builder().setHeader(COLUMNS).get().print(out);
        }

        @Override
        void add(AuditEvents.Event event) throws IOException {
            var stored = event.stored();
            printer.printRecord(
                    event.position(),
                    event.at(),
                    event.event(),
                    stored == null ? null : stored.revision(),
                    event.aggregateType(),
                    event.aggregateId(),
                    event.sequence(),
                    event.eventId(),
                    event.ownerId(),
                    text(event.actor().id()),
                    String.join(",", event.actor().roles()),
                    text(event.client()),
                    text(event.device()),
                    text(event.requestId()),
                    text(stored == null ? null : stored.commandId()),
                    text(event.reason()),
                    text(stored == null ? null : stored.payload()),
                    text(stored == null ? null : stored.metadata()),
                    event.deviation() == null ? null : event.deviation().code());
        }

        private static @Nullable String text(@Nullable String text) {
            return SpreadsheetText.guarded(text);
        }
    }
}
