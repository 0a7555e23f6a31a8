package dev.tidings.websocket.delivery;

import dev.tidings.events.Timestamps;
import dev.tidings.websocket.stream.Cursor;
import dev.tidings.websocket.stream.Gap;
import dev.tidings.websocket.stream.GapMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Encodes the messages that the server sends besides events, as UTF-8 JSON. {@code docs/protocol.md} describes them. */
public final class ServerMessage {
    private static final JsonMapper JSON = JsonMapper.shared();

    private ServerMessage() {}

    /** @param cursor the position of the client before the first event; empty if it has none */
    public static byte[] connected(String userId, String role, Instant tokenExpiresAt, String cursor, Instant now) {
        return utf8(message("connected", now)
                .put("message", "WebSocket connected successfully")
                .put("user_id", userId)
                .put("role", role)
                .put("expires_at", Timestamps.format(tokenExpiresAt))
                .put("cursor", cursor));
    }

    public static byte[] renewed(Instant tokenExpiresAt, Instant now) {
        return utf8(message("renewed", now).put("expires_at", Timestamps.format(tokenExpiresAt)));
    }

    public static byte[] pong(Instant now) {
        return utf8(message("pong", now));
    }

    public static byte[] subscribed(String channel, Instant now) {
        return utf8(message("subscribed", now).put("channel", channel));
    }

    /** @param code machine-readable, such as {@code unknown_type} */
    public static byte[] error(String code, String message, Instant now) {
        return utf8(message("error", now).put("code", code).put("message", message));
    }

    public static byte[] tokenExpiring(Instant expiresAt, Instant now) {
        return utf8(message("token_expiring", now).put("expires_at", Timestamps.format(expiresAt)));
    }

    /** @param afterMillis how long the client is asked to wait before it reconnects */
    public static byte[] bye(CloseReason reason, long afterMillis, Instant now) {
        return utf8(message("bye", now)
                .put("code", reason.code())
                .put("reason", reason.text())
                .put("reconnect", reason.advice() != CloseReason.Advice.STOP)
                .put("after_ms", afterMillis));
    }

    static byte[] gap(Gap gap, @Nullable Cursor cursor, Instant now) {
        ObjectNode message = JSON.valueToTree(GapMessage.of(gap));
        message.put("timestamp", Timestamps.format(now));
        if (cursor != null) {
            message.put("cursor", cursor.encode());
        }
        return utf8(message);
    }

    private static ObjectNode message(String type, Instant now) {
        return JSON.createObjectNode().put("type", type).put("timestamp", Timestamps.format(now));
    }

    private static byte[] utf8(ObjectNode message) {
        return message.toString().getBytes(StandardCharsets.UTF_8);
    }
}
