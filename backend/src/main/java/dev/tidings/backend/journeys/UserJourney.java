package dev.tidings.backend.journeys;

import dev.tidings.backend.journeys.ScreenDelivery.ClientConnection;
import dev.tidings.backend.journeys.ScreenDelivery.ConnectionOutcome;
import dev.tidings.backend.journeys.ScreenDelivery.EventCopy;
import dev.tidings.backend.journeys.ScreenDelivery.OfUser;
import dev.tidings.backend.journeys.Trail.Publication;
import dev.tidings.events.Timestamps;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The delivery state of one user.
 *
 * @param verdict cause and next step, for people
 * @param connections open connections and recently closed ones
 * @param waiting unpublished events, oldest first, at most 20
 * @param events newest events of the stream of the user, newest first, at most 20
 */
record UserJourney(
        String userId,
        String verdict,
        List<ClientConnection> connections,
        List<PendingEvent> waiting,
        List<RecentEvent> events) {
    record PendingEvent(
            String eventId,
            String type,
            String topic,
            String by,
            String committedAt,
            @Nullable String lastError) {}

    /** @param outcomes one for each connection: acknowledged, sent, queued, behind or before */
    record RecentEvent(
            String eventId, String type, String source, String loggedAt, long number, List<String> outcomes) {}

    /** @param delivery null if the WebSocket service did not answer */
    static UserJourney of(String userId, List<Publication> waiting, @Nullable OfUser delivery, String silence) {
        return new UserJourney(
                userId,
                verdict(waiting, delivery, silence),
                delivery == null ? List.of() : delivery.connections(),
                waiting.stream().map(UserJourney::waiting).toList(),
                delivery == null
                        ? List.of()
                        : delivery.latest().stream().map(UserJourney::event).toList());
    }

    private static String verdict(List<Publication> waiting, @Nullable OfUser delivery, String silence) {
        String outbox = waiting.isEmpty()
                ? ""
                : " %s events of this key are committed but not published: check the sidecar of %s and Kafka."
                        .formatted(
                                waiting.size() == TrailTable.MAX_WAITING
                                        ? waiting.size() + " or more"
                                        : String.valueOf(waiting.size()),
                                waiting.getFirst().app());
        if (delivery == null) {
            return "The WebSocket service did not answer (%s), so its connections are unknown. Check the health of the service and try again."
                            .formatted(silence)
                    + outbox;
        }
        List<ClientConnection> open =
                delivery.connections().stream().filter(ClientConnection::isOpen).toList();
        String unsure = ScreenDelivery.unansweredBy(delivery.silentReplicas());
        return connections(open, delivery.tail()) + outbox + unsure;
    }

    private static String connections(List<ClientConnection> open, long tail) {
        if (open.isEmpty()) {
            return "No open connection: nothing is pushed. A client that resumes with its cursor or polls receives the missed events.";
        }
        long behind = open.stream()
                .filter(connection -> connection.behind() > 0 || connection.waiting() > 0)
                .count();
        if (behind > 0) {
            return "%d of %d open connections lack events: their clients or networks are slow."
                    .formatted(behind, open.size());
        }
        return "All %d open connections were sent everything up to number %d. If a screen does not show it, the handler or the refetch of its client failed."
                .formatted(open.size(), tail);
    }

    private static PendingEvent waiting(Publication publication) {
        return new PendingEvent(
                publication.eventId(),
                publication.type(),
                publication.topic(),
                publication.app(),
                Timestamps.format(publication.committedAt()),
                publication.lastError());
    }

    private static RecentEvent event(EventCopy copy) {
        return new RecentEvent(
                copy.eventId(),
                copy.eventType(),
                copy.source(),
                copy.loggedAt(),
                copy.number(),
                copy.connections().stream().map(ConnectionOutcome::outcome).toList());
    }
}
