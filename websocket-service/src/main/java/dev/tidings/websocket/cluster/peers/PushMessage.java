package dev.tidings.websocket.cluster.peers;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tidings.websocket.cluster.peers.PeerQueue.PeerBatch;
import dev.tidings.websocket.stream.LoggedEvent;
import dev.tidings.websocket.stream.StreamName;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The JSON format of a batch between replicas. Readers ignore unknown fields, so replicas of two versions can communicate
 * during a rolling update.
 *
 * @param changed names of streams; null in a message of an older version
 */
public record PushMessage(
        boolean sweep, List<PushedEvent> events, @Nullable List<String> changed) {
    private static final JsonMapper JSON = JsonMapper.shared();

    public record PushedEvent(
            String stream,
            long number,
            String source,
            String id,
            String type,
            String message,
            String data,
            long time,
            Set<String> to,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String trace) {}

    public static byte[] encode(PeerBatch batch) {
        List<PushedEvent> pushed = batch.events().stream()
                .map(e -> new PushedEvent(
                        e.stream().value(),
                        e.number(),
                        e.source(),
                        e.id(),
                        e.eventType(),
                        e.messageType(),
                        e.data(),
                        e.timestamp(),
                        e.recipients(),
                        e.traceparent()))
                .toList();
        return JSON.writeValueAsBytes(new PushMessage(
                batch.sweep(),
                pushed,
                batch.changed().stream().map(StreamName::value).toList()));
    }

    /** @throws IllegalArgumentException if the body is not a push message */
    public static PeerBatch decode(byte[] body) {
        try {
            PushMessage message = JSON.readValue(body, PushMessage.class);
            List<LoggedEvent> events = message.events().stream()
                    .map(n -> new LoggedEvent(
                            new StreamName(n.stream()),
                            n.number(),
                            n.source(),
                            n.id(),
                            n.type(),
                            n.message(),
                            n.data(),
                            n.time(),
                            Set.copyOf(n.to()),
                            n.trace()))
                    .toList();
            List<String> changed = message.changed() == null ? List.of() : message.changed();
            return new PeerBatch(
                    message.sweep(),
                    events,
                    changed.stream().map(StreamName::new).toList());
        } catch (JacksonException | NullPointerException e) {
            throw new IllegalArgumentException("not a push message", e);
        }
    }
}
