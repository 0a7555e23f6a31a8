package dev.tidings.backend.journeys;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answers of the WebSocket service ({@code docs/api/websocket-service.openapi.yaml}, {@code /api/v1/admin/deliveries}). */
final class ScreenDelivery {
    private ScreenDelivery() {}

    /** Returns a sentence about replicas that did not answer; empty if all did. */
    static String unansweredBy(List<String> silentReplicas) {
        return silentReplicas.isEmpty()
                ? ""
                : " These replicas did not answer: %s.".formatted(String.join(", ", silentReplicas));
    }

    record OfEvent(List<EventCopy> copies, List<QuarantinedEvent> quarantined, List<String> silentReplicas) {}

    record OfUser(long tail, List<ClientConnection> connections, List<EventCopy> latest, List<String> silentReplicas) {}

    /** The copy of the event in one stream. */
    record EventCopy(
            String stream,
            long number,
            String source,
            String eventId,
            String eventType,
            String loggedAt,
            List<ConnectionOutcome> connections) {}

    /**
     * @param outcome acknowledged, sent, queued, behind or before
     * @param sentAt null if it was not sent, or the time is not known any more
     * @param acknowledgedAt null if it was not acknowledged, or the time is not known any more
     */
    record ConnectionOutcome(
            String replica,
            String userId,
            String role,
            String openedAt,
            @Nullable String closedAt,
            @Nullable String closedBy,
            String outcome,
            @Nullable String sentAt,
            @Nullable String acknowledgedAt) {
        boolean isOpen() {
            return closedAt == null;
        }

        boolean isAcknowledged() {
            return outcome.equals("acknowledged");
        }

        boolean has() {
            return isAcknowledged() || outcome.equals("sent");
        }

        /** Returns whether the connection should have the event and does not. */
        boolean lacks() {
            return outcome.equals("queued") || outcome.equals("behind");
        }
    }

    record QuarantinedEvent(String rejectedAt, String topic, String reason, String detail) {}

    record ClientConnection(
            String replica,
            String role,
            String openedAt,
            @Nullable String closedAt,
            @Nullable String closedBy,
            long sentUpTo,
            @Nullable Long acknowledgedUpTo,
            int waiting,
            long behind) {
        boolean isOpen() {
            return closedAt == null;
        }
    }
}
