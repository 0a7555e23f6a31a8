package dev.tidings.websocket.delivery;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** The messages that wait for one socket, bounded in number and bytes. Not thread-safe. */
final class SendQueue {
    private final Queue<Outgoing> waiting = new ArrayDeque<>(4);
    private final int maxMessages;
    private final int maxBytes;
    private int bytes;

    SendQueue(int maxMessages, int maxBytes) {
        this.maxMessages = maxMessages;
        this.maxBytes = maxBytes;
    }

    /** Returns whether another event is accepted. An empty queue accepts a message of any size. */
    boolean hasRoom() {
        return waiting.size() < maxMessages && bytes < maxBytes;
    }

    /** Returns whether at most a quarter of the capacity is used, so that another read of the log is worthwhile. */
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

    /** Drops all messages and returns their number. The cursor of the client does not include them. */
    int clear() {
        int dropped = waiting.size();
        waiting.clear();
        bytes = 0;
        return dropped;
    }
}
