package dev.tidings.sidecar;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The answer to the sidecar for one event.
 *
 * @param reason why the event was not handled; Dapr ignores it, the operator who replays a dead letter reads it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeliveryResult(
        DeliveryStatus status, @Nullable String reason) {
    public static final DeliveryResult SUCCESS = new DeliveryResult(DeliveryStatus.SUCCESS, null);

    /** Dapr's names. */
    public enum DeliveryStatus {
        SUCCESS,
        /** The sidecar delivers the event again, by the retry policy of the app. */
        RETRY,
        /** The event moves to the dead-letter topic at once. */
        DROP
    }

    public static DeliveryResult retry(String reason) {
        return new DeliveryResult(DeliveryStatus.RETRY, reason);
    }

    public static DeliveryResult drop(String reason) {
        return new DeliveryResult(DeliveryStatus.DROP, reason);
    }
}
