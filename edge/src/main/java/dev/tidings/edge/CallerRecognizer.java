package dev.tidings.edge;

/**
 * Recognizes callers before anything is done for them. A service declares a bean of this type; without one everybody but the
 * sidecar is a stranger.
 *
 * <p>The edge only chooses places by it: what a caller may do is still decided by the service.
 */
@FunctionalInterface
public interface CallerRecognizer {
    /** May block for as long as a verification takes. An exception counts as {@link Caller#ANONYMOUS}. */
    Caller recognize(RequestHead head);
}
