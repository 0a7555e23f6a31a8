package dev.tidings.websocket.socket;

import dev.tidings.edge.problems.FieldError;
import dev.tidings.edge.problems.Problems;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;

/**
 * The rejection of an upgrade request, as problem details (RFC 9457).
 *
 * @param status HTTP status
 * @param field the header or part of the request that the message is about
 * @param message what is wrong with it; contains nothing that the client sent
 * @param headers additional headers of the response
 */
record UpgradeRejection(int status, String field, String message, Map<String, String> headers) {
    static final String CONTENT_TYPE = "application/problem+json";

    /** The rejection by a replica at its limit, with a random delay of a few seconds before the next attempt. */
    static UpgradeRejection overloaded() {
        int seconds = ThreadLocalRandom.current().nextInt(1, 6);
        return new UpgradeRejection(
                HttpStatus.SERVICE_UNAVAILABLE_503,
                "connections",
                "the service is overloaded",
                Map.of(HttpHeader.RETRY_AFTER.asString(), Integer.toString(seconds)));
    }

    /** Returns the problem details as UTF-8 JSON. */
    byte[] problem() {
        return Problems.json(
                Problems.document(status, field + ": " + message, List.of(new FieldError(field, message))));
    }
}
