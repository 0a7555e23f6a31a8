package dev.tidings.websocket.stream;

/** The database refused the data of an event in a batch, and will again: a retry of the same batch is in vain. */
public class PoisonEventException extends RuntimeException {
    public PoisonEventException(String message, Throwable cause) {
        super(message, cause);
    }
}
