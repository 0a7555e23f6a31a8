package dev.tidings.backend.journeys;

import dev.tidings.backend.journeys.Flow.FlowEvent;
import dev.tidings.backend.journeys.JourneySteps.JourneyStep;
import dev.tidings.backend.journeys.Verdict.Conclusion;
import dev.tidings.events.Timestamps;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The steps of one event from commit to acknowledgement, as the API shows them.
 *
 * @param type null if no record names it
 * @param user whom the event concerns; null if no record names it
 * @param flow the payment, order or task that it belongs to; null if it belongs to none
 * @param code the {@link Verdict}
 * @param outcome delivered, on_the_way, not_delivered or unknown
 * @param stoppedAt the first stage that the event did not reach; null if it reached all
 * @param verdict cause and next step, for people
 * @param steps steps in the order of the stages
 * @param causedBy the event that it was published for; null if there is none
 */
record EventJourney(
        String eventId,
        @Nullable String type,
        @Nullable String publisher,
        @Nullable String topic,
        @Nullable String user,
        @Nullable FlowLink flow,
        @Nullable String traceId,
        String code,
        String outcome,
        @Nullable String stoppedAt,
        String verdict,
        String cause,
        String next,
        List<JourneyStep> steps,
        @Nullable EventLink causedBy,
        List<EventLink> caused) {
    record FlowLink(String kind, String id) {}

    record EventLink(String eventId, String type, String publisher, String at) {
        static EventLink of(FlowEvent event) {
            return new EventLink(event.id(), event.type(), event.publisher(), Timestamps.format(event.at()));
        }
    }

    static EventJourney of(
            String eventId, Trail trail, Conclusion conclusion, List<JourneyStep> steps, Optional<Flow> flow) {
        Optional<FlowEvent> self = flow.flatMap(found -> found.events().stream()
                .filter(event -> event.id().equals(eventId))
                .findFirst());
        Verdict.FindingView finding = conclusion.view();
        return new EventJourney(
                eventId,
                trail.type().orElse(null),
                trail.publisher().orElse(null),
                trail.topic().orElse(null),
                trail.user().orElse(null),
                flow.map(found -> new FlowLink(found.kind(), found.id())).orElse(null),
                trail.traceId().orElse(null),
                finding.code(),
                finding.outcome(),
                finding.stoppedAt(),
                finding.verdict(),
                finding.cause(),
                finding.next(),
                steps,
                self.flatMap(event -> flow.orElseThrow().causeOf(event))
                        .map(EventLink::of)
                        .orElse(null),
                self.map(event -> flow.orElseThrow().causedBy(event)).orElse(List.of()).stream()
                        .map(EventLink::of)
                        .toList());
    }
}
