package dev.tidings.websocket.stream;

/** The database rejected the data of an event in a batch. A retry of the same batch cannot succeed. */
public class PoisonEventException extends RuntimeException {
    public PoisonEventException(String message, Throwable cause) {
        super(message, cause);
    }
}
