package dev.tidings.websocket.delivery;

/** The result of {@link ConnectionHub#open}. */
public sealed interface OpenResult {
    /** {@code connected} is queued. */
    record Opened(Connection connection) implements OpenResult {}

    /** Nothing was sent. The caller closes the socket with the reason. */
    record ConnectionRejected(CloseReason reason) implements OpenResult {}
}
