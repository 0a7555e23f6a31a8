package dev.tidings.websocket.delivery;

/** The phases of a {@link Connection}, in order. */
enum ConnectionPhase {
    /** The connection is in the hub and receives pushes, but {@code connected} has not been sent. */
    OPENING,
    OPEN,
    /** {@code bye} is queued; no more events are accepted. */
    CLOSING,
    CLOSED
}
