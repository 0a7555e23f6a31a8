package dev.tidings.backend.journeys;

import dev.tidings.backend.journeys.ScreenDelivery.ConnectionOutcome;
import dev.tidings.backend.journeys.ScreenDelivery.EndedConnection;
import dev.tidings.backend.journeys.ScreenDelivery.EventCopy;
import dev.tidings.backend.journeys.ScreenDelivery.IngestCondition;
import dev.tidings.backend.journeys.ScreenDelivery.OfEvent;
import dev.tidings.backend.journeys.ScreenDelivery.UnfinishedStatement;
import dev.tidings.backend.journeys.Trail.AuditRecord;
import dev.tidings.backend.journeys.Trail.HandlerFailure;
import dev.tidings.backend.journeys.Trail.OutboxFacts;
import dev.tidings.backend.journeys.Trail.OutboxFacts.Blocker;
import dev.tidings.backend.journeys.Trail.Processing;
import dev.tidings.backend.journeys.Trail.Publication;
import dev.tidings.backend.journeys.Verdict.Conclusion;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Records of an event of the task of ada, which was committed at {@link #TIME}. */
final class JourneySamples {
    static final Instant TIME = Instant.parse("2026-02-07T12:00:00Z");
    static final Instant SOON = TIME.plusSeconds(1);
    static final Instant LATER = TIME.plusSeconds(60);
    static final JourneySettings LIMITS = new JourneySettings(Duration.ofSeconds(5), Duration.ofSeconds(30));
    static final String KEPT_SINCE = "2026-02-01T00:00:00Z";
    static final Processing PROCESSED =
            new Processing("notification-service", "backend", "task.created", "task-updates", "ada", null, TIME);
    static final Trail PUBLISHED = trail(publication(TIME, 0), null, PROCESSED);

    private JourneySamples() {}

    static Publication publication(@Nullable Instant published, int attempts) {
        return new Publication(
                "backend",
                "event-1",
                "task-updates",
                "ada",
                "task.created",
                TIME,
                published,
                attempts,
                attempts == 0 ? null : "broker away",
                "{}",
                null);
    }

    static OutboxFacts facts(int relays, int failingKeys, @Nullable String blocker) {
        return new OutboxFacts(relays, failingKeys, blocker == null ? null : new Blocker(blocker, 7, "too large"));
    }

    static Trail trail(Publication publication, @Nullable OutboxFacts facts, Processing... processings) {
        return new Trail(
                List.of(publication), List.of(processings), List.of(), Optional.empty(), Optional.ofNullable(facts));
    }

    static Trail failed(HandlerFailure failure, Processing... processings) {
        return new Trail(
                List.of(publication(TIME, 0)),
                List.of(processings),
                List.of(failure),
                Optional.empty(),
                Optional.empty());
    }

    static Trail recorded(Instant at) {
        AuditRecord record = new AuditRecord(1, "shop", "a.type", "business-events", "ada", at, at, "{}");
        return new Trail(List.of(), List.of(), List.of(), Optional.of(record), Optional.empty());
    }

    static OfEvent unlogged(String sidecar, @Nullable UnfinishedStatement slow, String... topics) {
        return new OfEvent(
                List.of(), List.of(), List.of(), KEPT_SINCE, new IngestCondition(sidecar, List.of(topics), slow));
    }

    static OfEvent logged(ConnectionOutcome... connections) {
        return logged(null, connections);
    }

    static OfEvent logged(@Nullable EndedConnection lastClosed, ConnectionOutcome... connections) {
        return new OfEvent(
                List.of(new EventCopy(
                        "user:ada",
                        7,
                        "backend",
                        "event-1",
                        "task.created",
                        TIME.toString(),
                        Stream.of(connections).toList(),
                        lastClosed)),
                List.of(),
                List.of(),
                KEPT_SINCE,
                null);
    }

    static ConnectionOutcome open(String outcome) {
        return connection(outcome, null, null);
    }

    static ConnectionOutcome closed(String outcome, String by) {
        return connection(outcome, by, null);
    }

    /** @param closedBy null while it is open */
    static ConnectionOutcome connection(String outcome, @Nullable String closedBy, @Nullable Instant heard) {
        boolean isAcknowledged = outcome.equals("acknowledged");
        return new ConnectionOutcome(
                "replica-1",
                "ada",
                "user",
                TIME.minusSeconds(9).toString(),
                closedBy == null ? null : TIME.plusSeconds(2).toString(),
                closedBy,
                outcome,
                isAcknowledged || outcome.equals("sent") ? TIME.plusMillis(20).toString() : null,
                isAcknowledged ? TIME.plusMillis(50).toString() : null,
                heard == null ? null : heard.toString());
    }

    static Conclusion conclude(Trail trail, @Nullable OfEvent delivery, Instant now) {
        return conclude(trail, delivery, now, "", null);
    }

    static Conclusion conclude(
            Trail trail, @Nullable OfEvent delivery, Instant now, String sidecar, @Nullable String slow) {
        return new EventVerdict(
                        trail,
                        Optional.ofNullable(delivery),
                        "it answered with status 500",
                        sidecar,
                        Optional.ofNullable(slow),
                        now,
                        LIMITS)
                .conclude();
    }
}
