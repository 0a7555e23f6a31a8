package dev.tidings.backend.journeys;

import static dev.tidings.backend.journeys.JourneySamples.PUBLISHED;
import static dev.tidings.backend.journeys.JourneySamples.closed;
import static dev.tidings.backend.journeys.JourneySamples.logged;
import static dev.tidings.backend.journeys.JourneySamples.open;
import static dev.tidings.backend.journeys.JourneySamples.publication;
import static dev.tidings.backend.journeys.JourneySamples.recorded;
import static dev.tidings.backend.journeys.JourneySamples.trail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tidings.backend.journeys.JourneySteps.JourneyStep;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** R-EV-5: the steps of an event, with their times and delays. */
class JourneyStepsTest {
    @Test
    void an_event_that_went_all_the_way_has_every_stage_in_order() {
        List<JourneyStep> steps =
                JourneySteps.of("event-1", PUBLISHED, Optional.of(logged(open("acknowledged"), open("sent"))));

        assertThat(steps)
                .extracting(JourneyStep::stage, JourneyStep::delayMs)
                .containsExactly(
                        tuple("committed", null),
                        tuple("published", 0L),
                        tuple("consumed", 0L),
                        tuple("logged", 0L),
                        tuple("routed", null),
                        tuple("pushed", 20L),
                        tuple("pushed", 20L),
                        tuple("acknowledged", 30L));
        assertThat(steps)
                .filteredOn(step -> step.stage().equals("routed"))
                .extracting(JourneyStep::by, JourneyStep::detail)
                .containsExactly(tuple("replica-1", "2 connections"));
    }

    @Test
    void a_refusal_and_a_lost_connection_are_steps_without_a_time() {
        List<JourneyStep> steps = JourneySteps.of(
                "event-1", trail(publication(null, 3), null), Optional.of(logged(closed("behind", "client"))));

        assertThat(steps)
                .filteredOn(step -> step.at() == null)
                .extracting(JourneyStep::stage, step -> step.detail().split(" the ")[0])
                .containsExactly(
                        tuple("published", "rejected 3 times: broker away"),
                        tuple("routed", "1 connection"),
                        tuple("pushed", "never sent to"));
    }

    @Test
    void an_event_without_an_outbox_begins_with_the_time_that_the_audit_log_has() {
        assertThat(JourneySteps.of("event-1", recorded(JourneySamples.TIME), Optional.empty()))
                .extracting(JourneyStep::stage, JourneyStep::by)
                .containsExactly(tuple("published", "shop"), tuple("consumed", "audit-log-service"));
    }
}
