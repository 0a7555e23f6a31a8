package dev.tidings.websocket.delivery;

import dev.tidings.websocket.stream.Cursor;
import dev.tidings.websocket.stream.EventMessage;
import dev.tidings.websocket.stream.LoggedEvent;
import org.jspecify.annotations.Nullable;

/** A message that waits for its socket. */
sealed interface Outgoing {
    byte[] utf8();

    /** Where the client stands once it has the message; null if it stands where it stood. */
    @Nullable
    Cursor cursor();

    /** Bytes, about; of which an event's are shared with other connections. */
    int size();

    /**
     * An event; its text is put together when its turn comes.
     *
     * @param isNew whether it came while the client was connected
     */
    record Event(LoggedEvent event, EventMessage message, Cursor cursor, boolean isNew) implements Outgoing {
        @Override
        public byte[] utf8() {
            return message.with(cursor);
        }

        @Override
        public int size() {
            return message.size();
        }
    }

    /** Anything else. */
    record Text(byte[] utf8, @Nullable Cursor cursor) implements Outgoing {
        Text(byte[] utf8) {
            this(utf8, null);
        }

        @Override
        public int size() {
            return utf8.length;
        }
    }
}
