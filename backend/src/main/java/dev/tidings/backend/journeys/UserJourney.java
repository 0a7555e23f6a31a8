package dev.tidings.backend.journeys;

import dev.tidings.backend.journeys.ScreenDelivery.ClientConnection;
import dev.tidings.backend.journeys.ScreenDelivery.ConnectionOutcome;
import dev.tidings.backend.journeys.ScreenDelivery.EventCopy;
import dev.tidings.backend.journeys.ScreenDelivery.OfUser;
import dev.tidings.backend.journeys.Trail.Publication;
import dev.tidings.backend.journeys.Verdict.Conclusion;
import dev.tidings.events.Timestamps;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The delivery state of one user, as the API shows it.
 *
 * @param code the {@link Verdict}
 * @param outcome delivered, on_the_way, not_delivered or unknown
 * @param stoppedAt the first stage that an event of the user did not reach; null if all is delivered
 * @param verdict cause and next step, for people
 * @param connections open connections and recently closed ones
 * @param waiting unpublished events, oldest first, at most 20
 * @param events newest events of the stream of the user, newest first, at most 20
 */
record UserJourney(
        String userId,
        String code,
        String outcome,
        @Nullable String stoppedAt,
        String verdict,
        String cause,
        String next,
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

    /**
     * @param outbox why the oldest unpublished event waits; empty if all are published
     * @param delivery empty if the WebSocket service did not answer
     */
    static UserJourney of(
            String userId,
            List<Publication> waiting,
            Optional<Conclusion> outbox,
            Optional<OfUser> delivery,
            String silence,
            ScreenVerdict screens) {
        Verdict.FindingView finding =
                conclude(waiting, outbox, delivery, silence, screens).view();
        return new UserJourney(
                userId,
                finding.code(),
                finding.outcome(),
                finding.stoppedAt(),
                finding.verdict(),
                finding.cause(),
                finding.next(),
                delivery.map(OfUser::connections).orElse(List.of()),
                waiting.stream().map(UserJourney::waiting).toList(),
                delivery.map(OfUser::latest).orElse(List.of()).stream()
                        .map(UserJourney::event)
                        .toList());
    }

    private static Conclusion conclude(
            List<Publication> waiting,
            Optional<Conclusion> outbox,
            Optional<OfUser> delivery,
            String silence,
            ScreenVerdict screens) {
        Conclusion ofScreens = delivery.map(answer -> screens.ofUser(answer.connections(), answer.tail())
                        .and(ScreenDelivery.unansweredBy(answer.silentReplicas())
                                .strip()))
                .orElseGet(() -> Verdict.WEBSOCKET_SILENT.because(
                        "The WebSocket service did not answer (%s), so its connections are unknown."
                                .formatted(silence)));
        return outbox.map(oldest -> oldest.verdict()
                        .because("%s events of this user are committed but not published. The oldest: %s Screens: %s"
                                .formatted(
                                        waiting.size() == OutboxTable.MAX_ROWS
                                                ? waiting.size() + " or more"
                                                : String.valueOf(waiting.size()),
                                        oldest.cause(),
                                        ofScreens.cause())))
                .orElse(ofScreens);
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
