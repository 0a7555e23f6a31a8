package dev.tidings.websocket.delivery;

import dev.tidings.websocket.stream.StreamName;
import java.time.Instant;
import java.util.List;

/**
 * Whose connection it is, as the token says.
 *
 * @param validUntil when the token expires
 */
public record Subscriber(String userId, String role, Instant validUntil) {
    /** All that the user may see: the user's own stream and the role's. */
    public List<StreamName> streams() {
        return List.of(StreamName.ofUser(userId), StreamName.ofRole(role));
    }
}
