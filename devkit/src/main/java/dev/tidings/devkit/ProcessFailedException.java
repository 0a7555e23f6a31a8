package dev.tidings.devkit;

/** A process ended or stayed silent when it should have become ready. The message names it, its log file and the last lines. */
public final class ProcessFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ProcessFailedException(String message) {
        super(message);
    }

    ProcessFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
