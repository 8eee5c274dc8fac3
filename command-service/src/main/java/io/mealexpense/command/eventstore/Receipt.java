package io.mealexpense.command.eventstore;

import io.mealexpense.edge.version.ConsistencyToken;
import io.mealexpense.edge.version.Version;
import org.springframework.http.HttpHeaders;

/**
 * What a command's answer says of the facts it made.
 *
 * @param version sequence of the aggregate's last event
 * @param position place in the log of the command's last event
 */
public record Receipt(long version, long position) {

    public HttpHeaders headers() {
        var headers = new HttpHeaders();
        headers.setETag(Version.etag(version));
        headers.set(ConsistencyToken.HEADER, ConsistencyToken.of(position));
        return headers;
    }
}
