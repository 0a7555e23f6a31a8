package dev.tidings.backend.journeys;

import static dev.tidings.backend.journeys.JourneySamples.TIME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.backend.journeys.Flow.FlowEvent;
import dev.tidings.backend.journeys.FlowJourney.ConcludedEvent;
import dev.tidings.backend.journeys.Verdict.Conclusion;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** R-OP-2: which event caused which, and the verdict about all of them. */
class FlowTest {
    private static final FlowEvent CONFIRMED = event("1", "backend", "PURCHASE_CONFIRMED");
    private static final FlowEvent CREATED = event("2", "purchase-worker", "PURCHASE_CREATED");
    private static final FlowEvent GRANTED = event("3", "purchase-worker", "COURSE_ACCESS_GRANTED");
    private static final FlowEvent ALLOCATED = event("4", "backend", "TRAINER_ALLOCATED");
    private static final FlowEvent GENERATED = event("5", "backend", "SESSIONS_GENERATED");

    @Test
    void the_topology_tells_which_event_caused_which() {
        Flow flow = purchase(null);

        assertThat(flow.causeOf(CONFIRMED)).isEmpty();
        assertThat(flow.causedBy(CONFIRMED)).containsExactly(CREATED, GRANTED);
        assertThat(flow.causedBy(CREATED)).containsExactly(ALLOCATED);
        assertThat(flow.causeOf(GENERATED)).contains(ALLOCATED);
    }

    @Test
    void the_nearest_earlier_event_is_the_cause_of_a_notification() {
        FlowEvent ordered = event("1", "backend", "order.created");
        FlowEvent shipped = event("2", "backend", "order.updated");
        FlowEvent notice = event("3", "notification-service", "notification.created");
        Flow flow = new Flow("order", "o-1", "ada", "shipped", null, List.of(ordered, shipped, notice));

        assertThat(flow.causeOf(notice)).contains(shipped);
        assertThat(flow.causedBy(ordered)).isEmpty();
    }

    @Test
    void an_event_that_stopped_before_the_screens_decides_about_the_flow() {
        FlowJourney journey = FlowJourney.of(
                purchase(null),
                List.of(
                        concluded(CONFIRMED, Verdict.NOT_FOR_SCREENS),
                        concluded(CREATED, Verdict.DEAD_LETTERED),
                        concluded(GRANTED, Verdict.USER_OFFLINE)));

        assertThat(journey.code()).isEqualTo("dead_lettered");
        assertThat(journey.cause()).startsWith("PURCHASE_CREATED (event 2)");
        assertThat(journey.events().get(1).causedBy()).isEqualTo("1");
    }

    @Test
    void otherwise_a_missing_trainer_and_then_the_newest_event_of_the_screens_decide() {
        List<ConcludedEvent> events = List.of(
                concluded(CONFIRMED, Verdict.NOT_FOR_SCREENS),
                concluded(CREATED, Verdict.USER_OFFLINE),
                concluded(GRANTED, Verdict.DELIVERED));

        assertThat(FlowJourney.of(purchase("NO_TRAINER"), events).code()).isEqualTo("waiting_for_trainer");
        assertThat(FlowJourney.of(purchase(null), events).code()).isEqualTo("delivered");
        assertThat(FlowJourney.of(purchase(null), List.of()).code()).isEqualTo("no_event_yet");
    }

    @Test
    void an_id_of_version_7_contains_its_time() {
        UUID id = Flow.smallestId(TIME);

        assertThat(Flow.timeOf(id)).contains(TIME);
        assertThat(Flow.timeOf(UUID.fromString("00000000-0000-4000-8000-000000000000")))
                .isEmpty();
    }

    private static Flow purchase(@Nullable String waitsFor) {
        return new Flow(
                "payment",
                "p-1",
                "ada",
                "succeeded",
                waitsFor,
                List.of(CONFIRMED, CREATED, GRANTED, ALLOCATED, GENERATED));
    }

    private static FlowEvent event(String id, String publisher, String type) {
        return new FlowEvent(id, publisher, type, "topic", TIME.plusSeconds(Long.parseLong(id)));
    }

    private static ConcludedEvent concluded(FlowEvent event, Verdict verdict) {
        return new ConcludedEvent(event, new Conclusion(verdict, "cause"), List.of());
    }
}
