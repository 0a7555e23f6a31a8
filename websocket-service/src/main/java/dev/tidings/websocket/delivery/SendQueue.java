package dev.tidings.websocket.delivery;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** What waits for one socket, bounded in messages and bytes. Not safe for several threads. */
final class SendQueue {
    private final Queue<Outgoing> waiting = new ArrayDeque<>(4);
    private final int maxMessages;
    private final int maxBytes;
    private int bytes;

    SendQueue(int maxMessages, int maxBytes) {
        this.maxMessages = maxMessages;
        this.maxBytes = maxBytes;
    }

    /** A message larger than the whole queue passes when nothing else waits. */
    boolean hasRoom() {
        return waiting.size() < maxMessages && bytes < maxBytes;
    }

    /** Whether so little is left that reading the log again pays. */
    boolean isLow() {
        return waiting.size() <= maxMessages / 4 && bytes <= maxBytes / 4;
    }

    void add(Outgoing message) {
        waiting.add(message);
        bytes += message.size();
    }

    @Nullable
    Outgoing poll() {
        Outgoing message = waiting.poll();
        if (message != null) {
            bytes -= message.size();
        }
        return message;
    }

    int size() {
        return waiting.size();
    }

    /** Drops everything; the client's cursor knows nothing of it. */
    int clear() {
        int dropped = waiting.size();
        waiting.clear();
        bytes = 0;
        return dropped;
    }
}
