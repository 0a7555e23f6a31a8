package dev.tidings.studentcache;

/** The store of the cache did not answer in time, or refused. To invalidate, try again; to read, compute the screen. */
public final class CacheUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CacheUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }

    CacheUnavailableException(String message) {
        super(message);
    }
}
