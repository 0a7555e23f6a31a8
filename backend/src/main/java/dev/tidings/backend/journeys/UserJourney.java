package dev.tidings.backend.journeys;

import dev.tidings.backend.journeys.ScreenDelivery.ClientConnection;
import dev.tidings.backend.journeys.ScreenDelivery.ConnectionDelivery;
import dev.tidings.backend.journeys.ScreenDelivery.EventCopy;
import dev.tidings.backend.journeys.ScreenDelivery.OfUser;
import dev.tidings.backend.journeys.Trail.Publication;
import dev.tidings.events.Timestamps;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How things stand for one user.
 *
 * @param verdict what that means and what to do, for people
 * @param connections that are open, and those that closed lately
 * @param waiting events that are committed and that the bus does not have, oldest first, at most 20
 * @param events the newest of the user's stream, newest first, at most 20
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
                : " %s events of this key are committed and not on the bus: look at the sidecar of %s and at Kafka."
                        .formatted(
                                waiting.size() == TrailTable.MAX_WAITING
                                        ? waiting.size() + " or more"
                                        : String.valueOf(waiting.size()),
                                waiting.getFirst().app());
        if (delivery == null) {
            return "The WebSocket service does not say how the connections are (%s). Look at its health, and ask again."
                            .formatted(silence)
                    + outbox;
        }
        List<ClientConnection> open =
                delivery.connections().stream().filter(ClientConnection::isOpen).toList();
        String unsure = ScreenDelivery.doubt(delivery.silentReplicas());
        return connections(open, delivery.tail()) + outbox + unsure;
    }

    private static String connections(List<ClientConnection> open, long tail) {
        if (open.isEmpty()) {
            return "No open connection: nothing is pushed. A client that comes back with its cursor, or polls, gets what it missed.";
        }
        long behind = open.stream()
                .filter(connection -> connection.behind() > 0 || connection.waiting() > 0)
                .count();
        if (behind > 0) {
            return "%d of %d open connections lack events: their clients take older messages slowly, or the network does."
                    .formatted(behind, open.size());
        }
        return "All %d open connections were sent everything up to number %d. A screen that does not show it has a client whose handler or refetch failed."
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
                copy.connections().stream().map(ConnectionDelivery::outcome).toList());
    }
}
