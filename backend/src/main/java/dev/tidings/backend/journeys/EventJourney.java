package dev.tidings.backend.journeys;

import dev.tidings.backend.journeys.ScreenDelivery.ConnectionOutcome;
import dev.tidings.backend.journeys.ScreenDelivery.EventCopy;
import dev.tidings.backend.journeys.ScreenDelivery.OfEvent;
import dev.tidings.backend.journeys.ScreenDelivery.QuarantinedEvent;
import dev.tidings.backend.journeys.Trail.HandlerFailure;
import dev.tidings.backend.journeys.Trail.Processing;
import dev.tidings.backend.journeys.Trail.Publication;
import dev.tidings.events.Timestamps;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The steps of one event from commit to acknowledgement.
 *
 * @param stoppedAt the first stage that the event did not reach; null if it reached all
 * @param verdict cause and next step, for people
 * @param steps steps in the order of the stages
 */
record EventJourney(String eventId, @Nullable Stage stoppedAt, String verdict, List<JourneyStep> steps) {
    /** The stages of an event, in order (docs/architecture.md#the-way-of-an-event). */
    enum Stage {
        COMMITTED,
        PUBLISHED,
        CONSUMED,
        LOGGED,
        PUSHED,
        ACKNOWLEDGED
    }

    /**
     * A step, or a failed attempt at it.
     *
     * @param at time of the step; null if it was not recorded
     * @param by app id of the service
     */
    record JourneyStep(Stage stage, @Nullable String at, String by, String detail) {}

    private record Conclusion(@Nullable Stage stoppedAt, String verdict) {}

    /** @param delivery null if the WebSocket service did not answer */
    static EventJourney of(String eventId, Trail trail, @Nullable OfEvent delivery, String silence) {
        List<JourneyStep> steps = new ArrayList<>();
        trail.publications().forEach(publication -> addPublication(publication, steps));
        addWorkers(trail, steps);
        if (delivery != null) {
            addDelivery(delivery, steps);
        }
        Conclusion conclusion = conclude(trail, delivery, silence);
        return new EventJourney(eventId, conclusion.stoppedAt(), conclusion.verdict(), steps);
    }

    private static void addPublication(Publication publication, List<JourneyStep> steps) {
        steps.add(new JourneyStep(
                Stage.COMMITTED,
                Timestamps.format(publication.committedAt()),
                publication.app(),
                "%s for topic %s, key %s".formatted(publication.type(), publication.topic(), publication.key())));
        if (publication.publishedAt() != null) {
            steps.add(new JourneyStep(
                    Stage.PUBLISHED,
                    Timestamps.format(publication.publishedAt()),
                    publication.app(),
                    "accepted by the broker"));
        } else if (publication.lastError() != null) {
            steps.add(new JourneyStep(
                    Stage.PUBLISHED,
                    null,
                    publication.app(),
                    "rejected %d times: %s".formatted(publication.attempts(), publication.lastError())));
        }
    }

    private static void addWorkers(Trail trail, List<JourneyStep> steps) {
        for (Processing processing : trail.processings()) {
            steps.add(new JourneyStep(
                    Stage.CONSUMED, Timestamps.format(processing.at()), processing.worker(), "processed"));
        }
        for (HandlerFailure failure : trail.failures()) {
            steps.add(new JourneyStep(
                    Stage.CONSUMED,
                    Timestamps.format(failure.at()),
                    failure.worker(),
                    "failed %d times: %s".formatted(failure.attempts(), failure.reason())));
        }
    }

    private static void addDelivery(OfEvent delivery, List<JourneyStep> steps) {
        for (QuarantinedEvent kept : delivery.quarantined()) {
            steps.add(new JourneyStep(
                    Stage.LOGGED,
                    kept.rejectedAt(),
                    ScreenDeliveries.APP,
                    "quarantined: %s, %s".formatted(kept.reason(), kept.detail())));
        }
        for (EventCopy copy : delivery.copies()) {
            steps.add(new JourneyStep(
                    Stage.LOGGED,
                    copy.loggedAt(),
                    ScreenDeliveries.APP,
                    "number %d of %s".formatted(copy.number(), copy.stream())));
        }
        List<ConnectionOutcome> connections = delivery.copies().stream()
                .flatMap(copy -> copy.connections().stream())
                .toList();
        for (ConnectionOutcome connection : connections) {
            steps.add(new JourneyStep(
                    Stage.PUSHED,
                    connection.sentAt(),
                    connection.replica(),
                    "%s %s".formatted(outcome(connection), described(connection))));
        }
        for (ConnectionOutcome connection : connections) {
            if (connection.isAcknowledged()) {
                steps.add(new JourneyStep(
                        Stage.ACKNOWLEDGED,
                        connection.acknowledgedAt(),
                        connection.replica(),
                        "acknowledged by " + described(connection)));
            }
        }
    }

    private static String outcome(ConnectionOutcome connection) {
        return switch (connection.outcome()) {
            case "acknowledged", "sent" -> "sent to";
            case "queued" -> "queued for the socket of";
            case "behind" -> connection.isOpen() ? "not sent yet to" : "never sent to";
            default -> "older than";
        };
    }

    private static String described(ConnectionOutcome connection) {
        return "the connection of %s (%s) since %s%s"
                .formatted(
                        connection.userId(),
                        connection.role(),
                        connection.openedAt(),
                        connection.isOpen()
                                ? ""
                                : ", closed at %s by %s".formatted(connection.closedAt(), connection.closedBy()));
    }

    private static Conclusion conclude(Trail trail, @Nullable OfEvent delivery, String silence) {
        Conclusion toScreens = concludeForScreens(trail, delivery, silence);
        List<HandlerFailure> failures = trail.failures().stream()
                .filter(failure -> !trail.isProcessedBy(failure.worker()))
                .toList();
        if (failures.isEmpty()) {
            return toScreens;
        }
        StringBuilder verdict = new StringBuilder(toScreens.verdict());
        for (HandlerFailure failure : failures) {
            verdict.append(" %s could not process it: %s.".formatted(failure.worker(), failure.reason()));
            if (failure.deadLetter() != null) {
                verdict.append(" Dead letter %s must be replayed or discarded.".formatted(failure.deadLetter()));
            }
        }
        return new Conclusion(Stage.CONSUMED, verdict.toString());
    }

    private static Conclusion concludeForScreens(Trail trail, @Nullable OfEvent delivery, String silence) {
        if (delivery != null && !delivery.copies().isEmpty()) {
            return concludeFromConnections(delivery);
        }
        if (delivery != null && !delivery.quarantined().isEmpty()) {
            QuarantinedEvent kept = delivery.quarantined().getFirst();
            return new Conclusion(
                    Stage.LOGGED,
                    "The WebSocket service quarantined it: %s. Correct its publisher and publish it again with a new id."
                            .formatted(kept.detail()));
        }
        for (Publication publication : trail.publications()) {
            if (publication.publishedAt() == null) {
                return new Conclusion(
                        Stage.PUBLISHED,
                        "Committed, but the broker does not have it yet. The relay publishes it when the sidecar of %s and Kafka are up: check both."
                                .formatted(publication.app()));
            }
        }
        if (delivery == null) {
            return new Conclusion(
                    Stage.LOGGED,
                    "The WebSocket service did not answer (%s), so its delivery is unknown. Check the health of the service and try again."
                            .formatted(silence));
        }
        return new Conclusion(
                Stage.LOGGED,
                "Published, but in no stream of a user or role. Either its type is not pushed to screens (such as PURCHASE_CONFIRMED),"
                        + " or the consumer group websocket-service has not consumed it yet: check the lag of its topic.");
    }

    private static Conclusion concludeFromConnections(OfEvent delivery) {
        List<ConnectionOutcome> all = delivery.copies().stream()
                .flatMap(copy -> copy.connections().stream())
                .toList();
        String unasked = ScreenDelivery.unansweredBy(delivery.silentReplicas());
        long has = all.stream().filter(ConnectionOutcome::has).count();
        long lacks = all.stream()
                .filter(connection -> connection.isOpen() && connection.lacks())
                .count();
        long lost = all.stream()
                .filter(connection -> !connection.isOpen() && connection.lacks())
                .count();
        if (lacks > 0) {
            return new Conclusion(
                    Stage.PUSHED,
                    "%d open connections do not have it yet: their clients or networks are slow.".formatted(lacks)
                            + unasked);
        }
        if (has == 0) {
            return new Conclusion(
                    Stage.PUSHED,
                    (lost > 0
                                    ? "The connection ended before it was sent."
                                    : "It is in the log, but no open connection existed when it arrived.")
                            + " A client that resumes with its cursor or polls receives it; a client without a cursor starts after it."
                            + unasked);
        }
        return new Conclusion(
                null,
                "Sent to %d connections, and acknowledged by %d. If a screen does not show it, the handler or the refetch of its client failed: check the log of the client."
                                .formatted(
                                        has,
                                        all.stream()
                                                .filter(ConnectionOutcome::isAcknowledged)
                                                .count())
                        + unasked);
    }
}
