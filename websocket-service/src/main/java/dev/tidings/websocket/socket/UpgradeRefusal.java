package dev.tidings.websocket.socket;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * An upgrade request that is answered with a problem document (RFC 9457) instead of a socket.
 *
 * @param status HTTP status
 * @param field the header or part of the request that the message is about
 * @param message what is wrong with it, for people; holds nothing that the client sent
 * @param headers of the answer, beside those of its body
 */
record UpgradeRefusal(int status, String field, String message, Map<String, String> headers) {
    static final String CONTENT_TYPE = "application/problem+json";

    /** The replica has no place left; clients are asked to come back after a few seconds, not all at once. */
    static UpgradeRefusal overloaded() {
        int seconds = ThreadLocalRandom.current().nextInt(1, 6);
        return new UpgradeRefusal(
                HttpStatus.SERVICE_UNAVAILABLE_503,
                "connections",
                "the service cannot take the connection just now",
                Map.of(HttpHeader.RETRY_AFTER.asString(), Integer.toString(seconds)));
    }

    /** The document, as UTF-8 JSON. */
    byte[] problem() {
        ObjectNode problem = JsonMapper.shared()
                .createObjectNode()
                .put("type", "about:blank")
                .put("title", HttpStatus.getMessage(status))
                .put("status", status)
                .put("detail", field + ": " + message);
        problem.putArray("errors").addObject().put("field", field).put("message", message);
        return problem.toString().getBytes(StandardCharsets.UTF_8);
    }
}
