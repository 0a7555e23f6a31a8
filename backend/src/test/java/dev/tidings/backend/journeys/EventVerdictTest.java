package dev.tidings.backend.journeys;

import static dev.tidings.backend.journeys.JourneySamples.LATER;
import static dev.tidings.backend.journeys.JourneySamples.PROCESSED;
import static dev.tidings.backend.journeys.JourneySamples.PUBLISHED;
import static dev.tidings.backend.journeys.JourneySamples.SOON;
import static dev.tidings.backend.journeys.JourneySamples.TIME;
import static dev.tidings.backend.journeys.JourneySamples.closed;
import static dev.tidings.backend.journeys.JourneySamples.conclude;
import static dev.tidings.backend.journeys.JourneySamples.connection;
import static dev.tidings.backend.journeys.JourneySamples.facts;
import static dev.tidings.backend.journeys.JourneySamples.failed;
import static dev.tidings.backend.journeys.JourneySamples.logged;
import static dev.tidings.backend.journeys.JourneySamples.open;
import static dev.tidings.backend.journeys.JourneySamples.publication;
import static dev.tidings.backend.journeys.JourneySamples.recorded;
import static dev.tidings.backend.journeys.JourneySamples.trail;
import static dev.tidings.backend.journeys.JourneySamples.unlogged;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.backend.journeys.ScreenDelivery.EndedConnection;
import dev.tidings.backend.journeys.ScreenDelivery.OfEvent;
import dev.tidings.backend.journeys.ScreenDelivery.QuarantinedEvent;
import dev.tidings.backend.journeys.ScreenDelivery.UnfinishedStatement;
import dev.tidings.backend.journeys.Trail.HandlerFailure;
import dev.tidings.backend.journeys.Trail.Processing;
import dev.tidings.backend.journeys.Trail.Publication;
import dev.tidings.backend.journeys.Verdict.Conclusion;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** R-EV-5, R-OP-2: where an event stopped and why, from the records of it. */
class EventVerdictTest {
    private static final Publication WAITING = publication(null, 0);

    @Test
    void an_event_in_the_outbox_is_explained_by_its_relay_its_sidecar_or_a_refusal() {
        assertThat(outbox(WAITING, 0, 0, null, LATER, "").verdict()).isEqualTo(Verdict.RELAY_STOPPED);
        assertThat(outbox(WAITING, 1, 0, null, SOON, "it does not answer").verdict())
                .isEqualTo(Verdict.SIDECAR_DOWN);
        assertThat(outbox(WAITING, 1, 0, null, SOON, "").verdict()).isEqualTo(Verdict.PUBLISHING);
        assertThat(outbox(WAITING, 1, 0, null, LATER, "").verdict()).isEqualTo(Verdict.SIDECAR_DOWN);
        assertThat(outbox(publication(null, 3), 1, 1, null, LATER, "")).satisfies(refused -> {
            assertThat(refused.verdict()).isEqualTo(Verdict.EVENT_REFUSED);
            assertThat(refused.cause()).contains("3 times (broker away)");
        });
        assertThat(outbox(publication(null, 3), 1, 2, null, LATER, "").verdict())
                .isEqualTo(Verdict.TOPIC_PAUSED);
        assertThat(outbox(WAITING, 1, 1, "event-0", LATER, "")).satisfies(blocked -> {
            assertThat(blocked.verdict()).isEqualTo(Verdict.KEY_BLOCKED);
            assertThat(blocked.cause()).contains("event-0", "too large");
        });
        assertThat(outbox(WAITING, 1, 1, null, LATER, "").verdict()).isEqualTo(Verdict.TOPIC_PAUSED);
    }

    @Test
    void an_event_that_is_not_logged_is_explained_by_ingest() {
        assertThat(conclude(PUBLISHED, unlogged("", null, "task-updates"), SOON).verdict())
                .isEqualTo(Verdict.CONSUMING);
        assertThat(conclude(PUBLISHED, unlogged("", null, "task-updates"), LATER)
                        .verdict())
                .isEqualTo(Verdict.CONSUMER_LAGGING);
        assertThat(conclude(PUBLISHED, unlogged("it does not answer", null), LATER)
                        .verdict())
                .isEqualTo(Verdict.CONSUMER_LAGGING);
        assertThat(conclude(PUBLISHED, unlogged("", null, "notifications"), SOON))
                .satisfies(missing -> {
                    assertThat(missing.verdict()).isEqualTo(Verdict.SUBSCRIPTION_MISSING);
                    assertThat(missing.cause()).contains("topic task-updates");
                });
        OfEvent slow = unlogged("", new UnfinishedStatement("websocket-service-1", 4_000, "Lock"), "task-updates");
        assertThat(conclude(PUBLISHED, slow, SOON)).satisfies(database -> {
            assertThat(database.verdict()).isEqualTo(Verdict.DATABASE_SLOW);
            assertThat(database.cause()).contains("websocket-service-1 for 4 s, which waits for Lock");
        });
    }

    @Test
    void without_an_answer_of_the_websocket_service_the_verdict_says_so() {
        Conclusion silent = conclude(PUBLISHED, null, SOON);

        assertThat(silent.verdict()).isEqualTo(Verdict.WEBSOCKET_SILENT);
        assertThat(silent.cause()).contains("status 500");
    }

    @Test
    void a_quarantined_event_has_the_reason_of_the_quarantine() {
        assertThat(quarantined("NO_RECIPIENT").verdict()).isEqualTo(Verdict.WRONG_RECIPIENT);
        assertThat(quarantined("TOO_LARGE").verdict()).isEqualTo(Verdict.REJECTED);
        assertThat(quarantined("TOO_LARGE").cause()).contains("it names nobody");
        assertThat(quarantined(failed(failure("d-1", "open")), "NO_RECIPIENT")).satisfies(both -> {
            assertThat(both.verdict()).as("a replay would fail again").isEqualTo(Verdict.WRONG_RECIPIENT);
            assertThat(both.cause()).contains("it names nobody", "Dead letter d-1");
        });
    }

    @Test
    void an_event_that_only_the_audit_log_still_has_is_older_than_the_retention() {
        Conclusion old = conclude(recorded(Instant.parse("2026-01-02T00:00:00Z")), unlogged("", null), LATER);

        assertThat(old.verdict()).isEqualTo(Verdict.EXPIRED);
        assertThat(old.view().outcome()).isEqualTo("unknown");
    }

    @Test
    void an_event_that_nobody_was_connected_for_waits_in_the_log() {
        assertThat(conclude(PUBLISHED, logged(), SOON).verdict()).isEqualTo(Verdict.USER_OFFLINE);
        assertThat(conclude(PUBLISHED, logged(open("before")), SOON)).satisfies(before -> {
            assertThat(before.verdict()).isEqualTo(Verdict.USER_OFFLINE);
            assertThat(before.cause()).contains("connected later");
        });
        EndedConnection expired = new EndedConnection("replica-1", "2026-02-07T11:59:00Z", "TOKEN_EXPIRED");
        assertThat(conclude(PUBLISHED, logged(expired), SOON).verdict()).isEqualTo(Verdict.TOKEN_EXPIRED);
        assertThat(conclude(PUBLISHED, logged(expired, open("before")), SOON).verdict())
                .isEqualTo(Verdict.USER_OFFLINE);
    }

    @Test
    void a_connection_that_ended_before_the_event_was_sent_is_explained_by_its_end() {
        assertThat(conclude(PUBLISHED, logged(closed("behind", "TOKEN_EXPIRED")), SOON)
                        .verdict())
                .isEqualTo(Verdict.TOKEN_EXPIRED);
        assertThat(conclude(PUBLISHED, logged(closed("queued", "SLOW")), SOON).verdict())
                .isEqualTo(Verdict.CLIENT_SLOW);
        assertThat(conclude(PUBLISHED, logged(closed("behind", "client")), SOON).verdict())
                .isEqualTo(Verdict.CONNECTION_LOST);
    }

    @Test
    void one_connection_that_lacks_it_is_enough_to_say_so() {
        assertThat(conclude(PUBLISHED, logged(open("sent"), open("queued")), SOON)
                        .verdict())
                .isEqualTo(Verdict.PUSHING);
        assertThat(conclude(PUBLISHED, logged(open("sent"), open("queued")), LATER))
                .satisfies(slow -> {
                    assertThat(slow.verdict()).isEqualTo(Verdict.CLIENT_SLOW);
                    assertThat(slow.cause()).startsWith("1 open connections do not have it yet");
                });
        assertThat(conclude(PUBLISHED, logged(connection("queued", null, TIME)), LATER)
                        .verdict())
                .isEqualTo(Verdict.PAGE_FROZEN);
    }

    @Test
    void an_acknowledgement_is_awaited_and_then_missed() {
        assertThat(conclude(PUBLISHED, logged(open("sent")), SOON).verdict()).isEqualTo(Verdict.SENT);
        assertThat(conclude(PUBLISHED, logged(open("sent")), LATER).verdict()).isEqualTo(Verdict.NOT_ACKNOWLEDGED);
        assertThat(conclude(PUBLISHED, logged(connection("sent", null, LATER)), LATER)
                        .verdict())
                .isEqualTo(Verdict.NOT_ACKNOWLEDGED);
        assertThat(conclude(PUBLISHED, logged(connection("sent", null, TIME)), LATER)
                        .verdict())
                .isEqualTo(Verdict.PAGE_FROZEN);
        Conclusion delivered =
                conclude(PUBLISHED, logged(open("sent"), closed("acknowledged", "client"), open("before")), LATER);
        assertThat(delivered.verdict()).isEqualTo(Verdict.DELIVERED);
        assertThat(delivered.cause()).startsWith("Sent to 2 connections, and acknowledged by 1");
        assertThat(delivered.view().stoppedAt()).isNull();
    }

    @Test
    void replicas_that_did_not_answer_are_named() {
        OfEvent delivery = new OfEvent(
                logged(open("sent")).copies(),
                List.of(),
                List.of("websocket-service-2"),
                JourneySamples.KEPT_SINCE,
                null);

        assertThat(conclude(PUBLISHED, delivery, SOON).cause()).contains("websocket-service-2");
    }

    @Test
    void a_worker_that_failed_is_named_beside_what_the_screens_received() {
        HandlerFailure gaveUp = failure("d-1", "open");
        assertThat(conclude(failed(gaveUp), logged(open("sent")), SOON)).satisfies(dead -> {
            assertThat(dead.verdict()).isEqualTo(Verdict.DEAD_LETTERED);
            assertThat(dead.cause()).contains("Sent to 1", "notification-service", "no such user", "Dead letter d-1");
        });
        assertThat(conclude(failed(failure(null, null)), logged(open("sent")), SOON)
                        .verdict())
                .isEqualTo(Verdict.WORKER_FAILING);
        assertThat(conclude(failed(failure("d-1", "discarded")), logged(open("sent")), SOON)
                        .verdict())
                .isEqualTo(Verdict.DISCARDED);
        assertThat(conclude(failed(failure(null, null), PROCESSED), logged(open("acknowledged")), SOON)
                        .verdict())
                .as("a later attempt succeeded")
                .isEqualTo(Verdict.DELIVERED);
    }

    @Test
    void a_worker_that_has_not_come_to_the_event_is_named() {
        Trail unprocessed = trail(publication(TIME, 0), null);
        OfEvent delivered = logged(open("acknowledged"));
        assertThat(conclude(unprocessed, delivered, SOON).verdict()).isEqualTo(Verdict.DELIVERED);
        assertThat(conclude(unprocessed, delivered, LATER)).satisfies(late -> {
            assertThat(late.verdict()).isEqualTo(Verdict.WORKER_LAGGING);
            assertThat(late.cause()).contains("60 s ago, and notification-service has not");
        });
        assertThat(conclude(unprocessed, delivered, LATER, "", "The database is slow.")
                        .verdict())
                .isEqualTo(Verdict.DATABASE_SLOW);
        assertThat(conclude(unprocessed, logged(), LATER).verdict())
                .as("the screen is the question")
                .isEqualTo(Verdict.USER_OFFLINE);
    }

    @Test
    void an_event_that_screens_do_not_receive_ends_at_its_workers() {
        Publication confirmed = new Publication(
                "backend",
                "event-1",
                "purchase-confirmed",
                "ada",
                "PURCHASE_CONFIRMED",
                TIME,
                TIME,
                0,
                null,
                "{}",
                null);
        Processing processed = new Processing(
                "purchase-worker", "backend", "PURCHASE_CONFIRMED", "purchase-confirmed", "ada", "p-1", TIME);
        OfEvent nowhere = unlogged("", null, "task-updates");

        assertThat(conclude(trail(confirmed, null), nowhere, SOON).verdict()).isEqualTo(Verdict.CONSUMING);
        assertThat(conclude(trail(confirmed, null), nowhere, LATER).verdict()).isEqualTo(Verdict.WORKER_LAGGING);
        assertThat(conclude(trail(confirmed, null, processed), nowhere, LATER).verdict())
                .isEqualTo(Verdict.NOT_FOR_SCREENS);
    }

    private static Conclusion outbox(
            Publication event, int relays, int failingKeys, @Nullable String blocker, Instant now, String sidecar) {
        return conclude(
                trail(event, facts(relays, failingKeys, blocker)),
                unlogged("", null, "task-updates"),
                now,
                sidecar,
                null);
    }

    private static Conclusion quarantined(String reason) {
        return quarantined(PUBLISHED, reason);
    }

    private static Conclusion quarantined(Trail trail, String reason) {
        return conclude(
                trail,
                new OfEvent(
                        List.of(),
                        List.of(new QuarantinedEvent(TIME.toString(), "task-updates", reason, "it names nobody")),
                        List.of(),
                        JourneySamples.KEPT_SINCE,
                        null),
                LATER);
    }

    private static HandlerFailure failure(@Nullable String deadLetter, @Nullable String status) {
        return new HandlerFailure("notification-service", TIME, 4, "no such user", deadLetter, status);
    }
}
