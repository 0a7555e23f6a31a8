package dev.tidings.edge;

/**
 * Recognizes callers before their requests are processed. A service declares a bean of this type; without one, all callers except
 * the sidecar are anonymous.
 *
 * <p>The edge only chooses limits by the result. The service decides what a caller may do.
 */
@FunctionalInterface
public interface CallerRecognizer {
    /** May block during a verification. An exception counts as {@link Caller#ANONYMOUS}. */
    Caller recognize(RequestHead head);
}
