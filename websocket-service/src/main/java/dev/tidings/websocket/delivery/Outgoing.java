package dev.tidings.websocket.delivery;

import dev.tidings.websocket.stream.Cursor;
import org.jspecify.annotations.Nullable;

/** A message in the send queue of a connection. */
sealed interface Outgoing {
    byte[] utf8();

    /** Returns the position of the client after this message; null if the message does not change it. */
    @Nullable
    Cursor cursor();

    /** Returns the approximate size in bytes. The bytes of an event are shared with other connections. */
    int size();

    /**
     * An event. Its text is assembled when it is written.
     *
     * @param isNew whether the event was logged while the client was connected
     */
    record StreamMessage(EncodedEvent event, Cursor cursor, boolean isNew) implements Outgoing {
        @Override
        public byte[] utf8() {
            return event.message().with(cursor);
        }

        @Override
        public int size() {
            return event.message().size();
        }
    }

    /** Any other message. */
    record ControlMessage(byte[] utf8, @Nullable Cursor cursor) implements Outgoing {
        ControlMessage(byte[] utf8) {
            this(utf8, null);
        }

        @Override
        public int size() {
            return utf8.length;
        }
    }
}
