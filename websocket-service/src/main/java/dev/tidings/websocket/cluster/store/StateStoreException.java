package dev.tidings.websocket.cluster.store;

/** The state store did not answer, or not in a way that can be used. Delivery goes on without it, by the sweep. */
public final class StateStoreException extends RuntimeException {
    public StateStoreException(String message, Throwable cause) {
        super(message, cause);
    }

    public StateStoreException(String message) {
        super(message);
    }
}
