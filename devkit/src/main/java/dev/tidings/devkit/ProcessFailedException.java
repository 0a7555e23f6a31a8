package dev.tidings.devkit;

/** A process ended before it was ready, or was not ready in time. The message contains its name, log file and last lines. */
public final class ProcessFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ProcessFailedException(String message) {
        super(message);
    }

    ProcessFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
