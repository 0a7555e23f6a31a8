package dev.tidings.websocket.stream;

import dev.tidings.events.Timestamps;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * The message of one event for clients, on the socket and when polling: {@code
 * {"type":…,"event":…,"timestamp":…,"id":…,"source":…,"cursor":…}}.
 *
 * <p>Everything except the cursor is the same for all connections. It is encoded once per event and shared; {@link #with}
 * only copies bytes.
 */
public final class EventMessage {
    private static final byte[] CURSOR = ",\"cursor\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "\"}".getBytes(StandardCharsets.US_ASCII);

    private final byte[] head;

    private EventMessage(byte[] head) {
        this.head = head;
    }

    public static EventMessage of(LoggedEvent event) {
        StringBuilder json = new StringBuilder(event.data().length() + 256).append("{\"type\":");
        quote(event.messageType(), json);
        json.append(",\"event\":").append(event.data()).append(",\"timestamp\":\"");
        json.append(Timestamps.format(Instant.ofEpochMilli(event.timestamp()))).append("\",\"id\":");
        quote(event.id(), json);
        json.append(",\"source\":");
        quote(event.source(), json);
        return new EventMessage(json.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the complete message as UTF-8 JSON. */
    public byte[] with(Cursor cursor) {
        byte[] text = cursor.encodeAscii();
        byte[] message = new byte[head.length + CURSOR.length + text.length + END.length];
        int at = copy(head, message, 0);
        at = copy(CURSOR, message, at);
        at = copy(text, message, at);
        copy(END, message, at);
        return message;
    }

    /** Returns the size of the message without its cursor, in bytes. */
    public int size() {
        return head.length;
    }

    private static int copy(byte[] from, byte[] to, int at) {
        System.arraycopy(from, 0, to, at, from.length);
        return at + from.length;
    }

    private static void quote(String text, StringBuilder json) {
        json.append('"');
        JsonStringEncoder.getInstance().quoteAsString(text, json);
        json.append('"');
    }
}
