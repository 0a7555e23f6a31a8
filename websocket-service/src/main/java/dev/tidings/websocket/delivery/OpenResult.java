package dev.tidings.websocket.delivery;

/** The answer to a client that wants a connection. */
public sealed interface OpenResult {
    /** {@code connected} is on its way. */
    record Opened(Connection connection) implements OpenResult {}

    /** Nothing was sent; the socket is to be closed with the reason. */
    record Refused(CloseReason reason) implements OpenResult {}
}
