package dev.tidings.websocket.delivery;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The socket of a connection. No method blocks. Callers must not hold a lock. */
public interface Wire {
    /**
     * Starts to write one text message. The caller does not start the next one before this one is done.
     *
     * @param utf8 the message; not changed afterwards
     * @param done called exactly once, on any thread, possibly before this method returns: with null when the operating
     *     system has accepted the message, otherwise with the failure
     */
    void write(byte[] utf8, Consumer<@Nullable Throwable> done);

    /** Sends a ping frame (RFC 6455, 5.5.2). */
    void ping();

    /** Starts the closing handshake. */
    void close(int code, String reason);

    /** Cuts the TCP connection, for a peer that does not answer the close. */
    void abort();
}
