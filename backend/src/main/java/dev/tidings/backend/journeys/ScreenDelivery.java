package dev.tidings.backend.journeys;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the WebSocket service answers ({@code docs/api/websocket-service.openapi.yaml}, {@code /api/v1/admin/deliveries}). */
final class ScreenDelivery {
    private ScreenDelivery() {}

    /** The doubt that replicas leave which were not heard; empty if there are none. */
    static String doubt(List<String> silentReplicas) {
        return silentReplicas.isEmpty()
                ? ""
                : " Not asked, since they do not answer: %s.".formatted(String.join(", ", silentReplicas));
    }

    record OfEvent(List<EventCopy> copies, List<QuarantinedEvent> quarantined, List<String> silentReplicas) {}

    record OfUser(long tail, List<ClientConnection> connections, List<EventCopy> latest, List<String> silentReplicas) {}

    /** The event in one stream. */
    record EventCopy(
            String stream,
            long number,
            String source,
            String eventId,
            String eventType,
            String loggedAt,
            List<ConnectionDelivery> connections) {}

    /**
     * @param outcome acknowledged, sent, queued, behind or before
     * @param sentAt null if it was not sent, or nobody remembers when
     * @param acknowledgedAt null likewise
     */
    record ConnectionDelivery(
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

        /** It lacks the event, though it was there for it. */
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
