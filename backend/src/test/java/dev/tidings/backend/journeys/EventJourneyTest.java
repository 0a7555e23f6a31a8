package dev.tidings.backend.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tidings.backend.journeys.EventJourney.JourneyStep;
import dev.tidings.backend.journeys.EventJourney.Stage;
import dev.tidings.backend.journeys.ScreenDelivery.ConnectionOutcome;
import dev.tidings.backend.journeys.ScreenDelivery.EventCopy;
import dev.tidings.backend.journeys.ScreenDelivery.OfEvent;
import dev.tidings.backend.journeys.ScreenDelivery.QuarantinedEvent;
import dev.tidings.backend.journeys.Trail.HandlerFailure;
import dev.tidings.backend.journeys.Trail.Processing;
import dev.tidings.backend.journeys.Trail.Publication;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** R-EV-5: where an event stopped, from what is known of it. */
class EventJourneyTest {
    private static final Instant TIME = Instant.parse("2026-02-07T12:00:00Z");
    private static final OfEvent NOWHERE = new OfEvent(List.of(), List.of(), List.of());
    private static final Trail PUBLISHED = new Trail(List.of(publication(TIME)), List.of(), List.of());

    @Test
    void what_only_stands_in_the_outbox_stopped_before_the_bus() {
        EventJourney journey = journey(new Trail(List.of(publication(null)), List.of(), List.of()), NOWHERE);

        assertThat(journey.stoppedAt()).isEqualTo(Stage.PUBLISHED);
        assertThat(journey.verdict()).contains("sidecar of backend");
        assertThat(journey.steps())
                .extracting(JourneyStep::stage, JourneyStep::detail)
                .satisfiesExactly(
                        committed -> assertThat(committed.toList().getFirst()).isEqualTo(Stage.COMMITTED),
                        rejected -> assertThat(rejected.toList().get(1)).isEqualTo("rejected 3 times: broker away"));
    }

    @Test
    void what_is_on_the_bus_and_in_no_stream_stopped_before_the_log() {
        EventJourney journey = journey(PUBLISHED, NOWHERE);

        assertThat(journey.stoppedAt()).isEqualTo(Stage.LOGGED);
        assertThat(journey.verdict()).contains("PURCHASE_CONFIRMED", "lag");
    }

    @Test
    void what_ingest_kept_aside_has_its_reason() {
        EventJourney journey = journey(
                PUBLISHED,
                new OfEvent(
                        List.of(),
                        List.of(new QuarantinedEvent("t", "task-updates", "NO_RECIPIENT", "it names nobody")),
                        List.of()));

        assertThat(journey.stoppedAt()).isEqualTo(Stage.LOGGED);
        assertThat(journey.verdict()).contains("it names nobody");
    }

    @Test
    void what_nobody_was_connected_for_waits_in_the_log() {
        assertThat(journey(PUBLISHED, logged()).stoppedAt()).isEqualTo(Stage.PUSHED);
        assertThat(journey(PUBLISHED, logged(connection("before", true))).stoppedAt())
                .isEqualTo(Stage.PUSHED);
        assertThat(journey(PUBLISHED, logged(connection("behind", false))).verdict())
                .contains("ended before it was sent");
    }

    @Test
    void one_connection_that_lacks_it_is_enough_to_say_so() {
        EventJourney journey = journey(PUBLISHED, logged(connection("sent", true), connection("queued", true)));

        assertThat(journey.stoppedAt()).isEqualTo(Stage.PUSHED);
        assertThat(journey.verdict()).startsWith("1 open connections do not have it yet");
    }

    @Test
    void what_was_sent_went_all_the_way_whatever_connections_came_later() {
        EventJourney journey = journey(
                PUBLISHED,
                logged(connection("sent", true), connection("acknowledged", false), connection("before", true)));

        assertThat(journey.stoppedAt()).isNull();
        assertThat(journey.verdict()).startsWith("Sent to 2 connections, and acknowledged by 1");
        assertThat(journey.steps().stream().map(JourneyStep::stage))
                .containsExactly(
                        Stage.COMMITTED,
                        Stage.PUBLISHED,
                        Stage.LOGGED,
                        Stage.PUSHED,
                        Stage.PUSHED,
                        Stage.PUSHED,
                        Stage.ACKNOWLEDGED);
    }

    @Test
    void what_was_acknowledged_was_pushed_before_and_both_have_their_times() {
        EventJourney journey = journey(PUBLISHED, logged(connection("acknowledged", true)));

        assertThat(journey.steps())
                .filteredOn(step -> step.stage().compareTo(Stage.PUSHED) >= 0)
                .extracting(
                        JourneyStep::stage,
                        JourneyStep::at,
                        step -> step.detail().split(" the ")[0])
                .containsExactly(
                        tuple(Stage.PUSHED, "sent at", "sent to"),
                        tuple(Stage.ACKNOWLEDGED, "acknowledged at", "acknowledged by"));
    }

    @Test
    void a_worker_that_gave_up_is_told_beside_what_the_screens_got() {
        HandlerFailure failure = new HandlerFailure("purchase-worker", TIME, 4, "no such payment", "d-1");
        EventJourney journey = journey(
                new Trail(List.of(publication(TIME)), List.of(), List.of(failure)), logged(connection("sent", true)));

        assertThat(journey.stoppedAt()).isEqualTo(Stage.CONSUMED);
        assertThat(journey.verdict()).contains("Sent to 1", "purchase-worker", "no such payment", "Dead letter d-1");
    }

    @Test
    void a_failure_that_a_later_attempt_made_good_stops_nothing() {
        HandlerFailure failure = new HandlerFailure("purchase-worker", TIME, 1, "database away", null);
        EventJourney journey = journey(
                new Trail(
                        List.of(publication(TIME)), List.of(new Processing("purchase-worker", TIME)), List.of(failure)),
                logged(connection("sent", true)));

        assertThat(journey.stoppedAt()).isNull();
    }

    @Test
    void replicas_that_were_not_heard_leave_a_doubt_that_is_told() {
        OfEvent delivery = new OfEvent(logged().copies(), List.of(), List.of("websocket-service-2"));

        assertThat(journey(PUBLISHED, delivery).verdict()).contains("websocket-service-2");
    }

    @Test
    void without_an_answer_of_the_websocket_service_the_journey_ends_at_the_bus() {
        EventJourney journey = journey(PUBLISHED, null);

        assertThat(journey.stoppedAt()).isEqualTo(Stage.LOGGED);
        assertThat(journey.verdict()).contains("status 500");
    }

    private static EventJourney journey(Trail trail, @Nullable OfEvent delivery) {
        return EventJourney.of("event-1", trail, delivery, "it answered with status 500");
    }

    private static Publication publication(@Nullable Instant published) {
        return new Publication(
                "backend",
                "event-1",
                "task-updates",
                "ada",
                "task.created",
                TIME,
                published,
                published == null ? 3 : 0,
                published == null ? "broker away" : null);
    }

    private static OfEvent logged(ConnectionOutcome... connections) {
        return new OfEvent(
                List.of(new EventCopy(
                        "user:ada",
                        7,
                        "backend",
                        "event-1",
                        "task.created",
                        "t",
                        Stream.of(connections).toList())),
                List.of(),
                List.of());
    }

    private static ConnectionOutcome connection(String outcome, boolean open) {
        boolean isAcknowledged = outcome.equals("acknowledged");
        return new ConnectionOutcome(
                "replica-1",
                "ada",
                "user",
                "t",
                open ? null : "t",
                open ? null : "client",
                outcome,
                isAcknowledged || outcome.equals("sent") ? "sent at" : null,
                isAcknowledged ? "acknowledged at" : null);
    }
}
