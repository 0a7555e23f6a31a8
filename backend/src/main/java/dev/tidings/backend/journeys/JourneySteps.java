package dev.tidings.backend.journeys;

import dev.tidings.backend.journeys.ScreenDelivery.ConnectionOutcome;
import dev.tidings.backend.journeys.ScreenDelivery.EventCopy;
import dev.tidings.backend.journeys.ScreenDelivery.OfEvent;
import dev.tidings.backend.journeys.ScreenDelivery.QuarantinedEvent;
import dev.tidings.backend.journeys.Trail.AuditRecord;
import dev.tidings.backend.journeys.Trail.HandlerFailure;
import dev.tidings.backend.journeys.Trail.Processing;
import dev.tidings.backend.journeys.Trail.Publication;
import dev.tidings.events.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lists the steps of one event, in the order of the stages. Pure. */
final class JourneySteps {
    /**
     * A step, or a failed attempt at it, as the API shows it.
     *
     * @param stage name of the {@link Stage}
     * @param at time of the step; null if it was not recorded
     * @param by app id of the service, or name of its replica
     * @param delayMs time since the step that it follows; null if one of both times is unknown
     */
    record JourneyStep(
            String eventId,
            String stage,
            @Nullable String at,
            String by,
            String detail,
            @Nullable Long delayMs) {}

    private final String eventId;
    private final Trail trail;
    private final List<JourneyStep> steps = new ArrayList<>();

    private JourneySteps(String eventId, Trail trail) {
        this.eventId = eventId;
        this.trail = trail;
    }

    static List<JourneyStep> of(String eventId, Trail trail, Optional<OfEvent> delivery) {
        JourneySteps journey = new JourneySteps(eventId, trail);
        trail.publications().forEach(journey::addPublication);
        if (trail.publications().isEmpty()) {
            trail.audit().ifPresent(journey::addForeignPublication);
        }
        journey.addWorkers();
        delivery.ifPresent(journey::addDelivery);
        return List.copyOf(journey.steps);
    }

    private void add(Stage stage, @Nullable Instant at, @Nullable Instant before, String by, String detail) {
        Long delay = at == null || before == null
                ? null
                : Math.max(0, Duration.between(before, at).toMillis());
        steps.add(new JourneyStep(
                eventId, stage.wireName(), at == null ? null : Timestamps.format(at), by, detail, delay));
    }

    private void addPublication(Publication publication) {
        add(
                Stage.COMMITTED,
                publication.committedAt(),
                null,
                publication.app(),
                "%s for topic %s, key %s".formatted(publication.type(), publication.topic(), publication.key()));
        if (publication.publishedAt() != null) {
            add(
                    Stage.PUBLISHED,
                    publication.publishedAt(),
                    publication.committedAt(),
                    publication.app(),
                    "accepted by the broker");
        } else if (publication.lastError() != null) {
            add(
                    Stage.PUBLISHED,
                    null,
                    null,
                    publication.app(),
                    "rejected %d times: %s".formatted(publication.attempts(), publication.lastError()));
        }
    }

    /** The outbox of a foreign service is not here, and rows of ours are deleted after some hours. */
    private void addForeignPublication(AuditRecord record) {
        add(
                Stage.PUBLISHED,
                record.occurredAt(),
                null,
                record.publisher(),
                "%s on topic %s, by the time in the event".formatted(record.type(), record.topic()));
    }

    private @Nullable Instant published() {
        return trail.publications().stream()
                .map(publication ->
                        publication.publishedAt() == null ? publication.committedAt() : publication.publishedAt())
                .findFirst()
                .or(() -> trail.audit().map(AuditRecord::occurredAt))
                .orElse(null);
    }

    private void addWorkers() {
        for (Processing processing : trail.processings()) {
            add(Stage.CONSUMED, processing.at(), published(), processing.worker(), "processed");
        }
        for (HandlerFailure failure : trail.failures()) {
            String letter = failure.deadLetter() == null
                    ? ""
                    : "; dead letter %s is %s".formatted(failure.deadLetter(), failure.status());
            add(
                    Stage.CONSUMED,
                    failure.at(),
                    published(),
                    failure.worker(),
                    "failed %d times: %s%s".formatted(failure.attempts(), failure.reason(), letter));
        }
        trail.audit()
                .ifPresent(record -> add(
                        Stage.CONSUMED,
                        record.recordedAt(),
                        published(),
                        "audit-log-service",
                        "entry %d of the audit log".formatted(record.number())));
    }

    private void addDelivery(OfEvent delivery) {
        for (QuarantinedEvent kept : delivery.quarantined()) {
            add(
                    Stage.LOGGED,
                    Instant.parse(kept.rejectedAt()),
                    published(),
                    ScreenDeliveries.APP,
                    "quarantined: %s, %s".formatted(kept.reason(), kept.detail()));
        }
        for (EventCopy copy : delivery.copies()) {
            add(
                    Stage.LOGGED,
                    Instant.parse(copy.loggedAt()),
                    published(),
                    ScreenDeliveries.APP,
                    "number %d of %s".formatted(copy.number(), copy.stream()));
        }
        addRoutes(delivery);
        for (EventCopy copy : delivery.copies()) {
            copy.connections().forEach(connection -> addPush(copy, connection));
        }
        delivery.connections().stream()
                .filter(ConnectionOutcome::isAcknowledged)
                .forEach(connection -> add(
                        Stage.ACKNOWLEDGED,
                        time(connection.acknowledgedAt()),
                        time(connection.sentAt()),
                        connection.replica(),
                        "acknowledged by " + described(connection)));
    }

    /** The time of routing is not recorded: a replica receives an event right before it pushes it. */
    private void addRoutes(OfEvent delivery) {
        Map<String, Long> connections = delivery.connections().stream()
                .filter(connection -> !connection.outcome().equals("before"))
                .collect(Collectors.groupingBy(ConnectionOutcome::replica, TreeMap::new, Collectors.counting()));
        connections.forEach((replica, count) -> add(
                Stage.ROUTED,
                null,
                null,
                replica,
                "%d %s".formatted(count, count == 1 ? "connection" : "connections")));
    }

    private void addPush(EventCopy copy, ConnectionOutcome connection) {
        add(
                Stage.PUSHED,
                time(connection.sentAt()),
                time(copy.loggedAt()),
                connection.replica(),
                "%s %s".formatted(outcome(connection), described(connection)));
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

    private static @Nullable Instant time(@Nullable String text) {
        return text == null ? null : Instant.parse(text);
    }
}
