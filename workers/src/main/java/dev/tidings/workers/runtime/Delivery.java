package dev.tidings.workers.runtime;

import dev.tidings.sidecar.ReceivedEvent;
import dev.tidings.sidecar.TraceContext;
import java.util.UUID;
import java.util.regex.Pattern;

/** An event with its payload, as a handler receives it. */
public record Delivery<T>(ReceivedEvent event, T payload) {
    /** {@link UUID#fromString} also accepts short forms such as {@code 1-1-1-1-1}. */
    private static final Pattern UUID_TEXT =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    /** Runs the action in the trace context of the event, which the events it appends to the outbox then carry on. */
    public void traced(Runnable action) {
        try (var _ = TraceContext.open(event)) {
            action.run();
        }
    }

    /**
     * Parses an id in the payload.
     *
     * @throws MalformedPayloadException if the text is not a UUID of 36 characters; the event then becomes a dead letter
     */
    public static UUID uuid(String field, String text) {
        if (!UUID_TEXT.matcher(text).matches()) {
            throw new MalformedPayloadException("its %s is no UUID".formatted(field));
        }
        return UUID.fromString(text);
    }
}
