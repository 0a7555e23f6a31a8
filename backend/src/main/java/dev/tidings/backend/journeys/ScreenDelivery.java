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

    /**
     * @param keptSince the log has no events from before this time
     * @param ingest null if the event was logged or quarantined
     */
    record OfEvent(
            List<EventCopy> copies,
            List<QuarantinedEvent> quarantined,
            List<String> silentReplicas,
            String keptSince,
            @Nullable IngestCondition ingest) {
        boolean isEmpty() {
            return copies.isEmpty() && quarantined.isEmpty();
        }

        List<ConnectionOutcome> connections() {
            return copies.stream().flatMap(copy -> copy.connections().stream()).toList();
        }
    }

    /**
     * @param sidecar why the sidecar does not accept calls; empty if it does
     * @param subscriptions the topics that the sidecar consumes
     */
    record IngestCondition(
            String sidecar,
            List<String> subscriptions,
            @Nullable UnfinishedStatement slowStatement) {}

    record UnfinishedStatement(
            String replica, long runningMs, @Nullable String waitsFor) {}

    record OfUser(long tail, List<ClientConnection> connections, List<EventCopy> latest, List<String> silentReplicas) {}

    /**
     * The copy of the event in one stream.
     *
     * @param lastClosed the connection that closed last before the event was logged; null if none is remembered
     */
    record EventCopy(
            String stream,
            long number,
            String source,
            String eventId,
            String eventType,
            String loggedAt,
            List<ConnectionOutcome> connections,
            @Nullable EndedConnection lastClosed) {}

    record EndedConnection(String replica, String closedAt, String closedBy) {}

    /**
     * @param outcome acknowledged, sent, queued, behind or before
     * @param sentAt null if it was not sent, or the time is not known any more
     * @param acknowledgedAt null if it was not acknowledged, or the time is not known any more
     * @param heardAt when the last message of the client arrived; null before the first
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
            @Nullable String acknowledgedAt,
            @Nullable String heardAt) {
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
            long behind,
            @Nullable String heardAt) {
        boolean isOpen() {
            return closedAt == null;
        }

        boolean lacksEvents() {
            return behind > 0 || waiting > 0;
        }
    }
}
