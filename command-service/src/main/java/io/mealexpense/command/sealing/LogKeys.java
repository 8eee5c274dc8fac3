package io.mealexpense.command.sealing;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The public keys that checkpoints of this log are verified with. */
@Component
public class LogKeys {

    /** @param key name, id and Ed25519 key as one text */
    public record Published(String key, Instant createdAt) {}

    private final JdbcClient jdbc;

    LogKeys(@Qualifier("commandDataSource") DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /** The oldest first; none until something was sealed. */
    public List<Published> published() {
        return jdbc.sql("SELECT verifier_key, created_at FROM seal.signing_key ORDER BY created_at")
                .query((row, number) -> new Published(
                        row.getString(1), row.getObject(2, OffsetDateTime.class).toInstant()))
                .list();
    }
}
