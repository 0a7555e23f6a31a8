package dev.tidings.websocket.delivery;

import dev.tidings.websocket.stream.StreamName;
import java.time.Instant;
import java.util.List;

/**
 * The user of a connection, from the token.
 *
 * @param validUntil when the token expires
 */
public record Subscriber(String userId, String role, Instant validUntil) {
    /** Returns the streams of the user: the own stream and the stream of the role. */
    public List<StreamName> streams() {
        return StreamName.allOf(userId, role);
    }
}
