package dev.tidings.studentcache;

/** The store did not answer in time or rejected the call. Retry an invalidation; compute the screen of a failed read. */
public final class CacheUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CacheUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }

    CacheUnavailableException(String message) {
        super(message);
    }
}
