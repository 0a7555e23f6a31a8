package dev.tidings.websocket.cluster.store;

/** The state store did not answer, or rejected the call. Delivery continues by the sweep. */
public final class StateStoreException extends RuntimeException {
    public StateStoreException(String message, Throwable cause) {
        super(message, cause);
    }

    public StateStoreException(String message) {
        super(message);
    }
}
