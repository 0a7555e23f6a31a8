package dev.tidings.websocket.cluster;

/** The state store did not answer, or not in a way that can be used. Delivery goes on without it, by the sweep. */
final class StateStoreException extends RuntimeException {
    StateStoreException(String message, Throwable cause) {
        super(message, cause);
    }

    StateStoreException(String message) {
        super(message);
    }
}
