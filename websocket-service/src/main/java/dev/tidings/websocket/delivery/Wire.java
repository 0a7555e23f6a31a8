package dev.tidings.websocket.delivery;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The socket under a connection. No method blocks; none may be called while a lock is held. */
public interface Wire {
    /**
     * Starts to write one text message. The connection never starts the next before this one is done.
     *
     * @param utf8 the message; not changed afterwards
     * @param done called exactly once, from any thread, perhaps before the return: with null when the message went to
     *     the operating system, else with what went wrong
     */
    void write(byte[] utf8, Consumer<@Nullable Throwable> done);

    /** Sends a ping frame (RFC 6455, 5.5.2). */
    void ping();

    /** Starts the closing handshake. */
    void close(int code, String reason);

    /** Cuts the TCP connection; for a peer that does not even answer a close. */
    void abort();
}
