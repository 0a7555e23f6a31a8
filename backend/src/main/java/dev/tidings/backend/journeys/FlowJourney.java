package dev.tidings.backend.journeys;

import dev.tidings.backend.journeys.JourneySteps.JourneyStep;
import dev.tidings.backend.journeys.Verdict.Conclusion;
import dev.tidings.events.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The journeys of all events of one payment, order or task, as the API shows them.
 *
 * @param kind payment, order, task, notification or correlation
 * @param state of the business, such as the status of the payment; empty if it is unknown
 * @param code the {@link Verdict}
 * @param events oldest first, at most 20
 * @param steps of the event that the verdict is about
 */
record FlowJourney(
        String kind,
        String id,
        @Nullable String user,
        String state,
        String code,
        String outcome,
        @Nullable String stoppedAt,
        String verdict,
        String cause,
        String next,
        List<EventOfFlow> events,
        List<JourneyStep> steps) {
    /**
     * @param at time in the event
     * @param delayMs time since the event before; null for the first
     */
    record EventOfFlow(
            String eventId,
            String type,
            String publisher,
            String at,
            @Nullable Long delayMs,
            String code,
            String outcome,
            @Nullable String stoppedAt,
            @Nullable String causedBy) {}

    /** An event of the flow with its conclusion. */
    record ConcludedEvent(Flow.FlowEvent event, Conclusion conclusion, List<JourneyStep> steps) {}

    static FlowJourney of(Flow flow, List<ConcludedEvent> concluded) {
        Conclusion conclusion = conclude(flow, concluded);
        Verdict.FindingView finding = conclusion.view();
        List<JourneyStep> steps = concluded.stream()
                .filter(event -> conclusion.cause().startsWith(event.event().type()))
                .reduce((_, last) -> last)
                .or(() -> concluded.reversed().stream().findFirst())
                .map(ConcludedEvent::steps)
                .orElse(List.of());
        return new FlowJourney(
                flow.kind(),
                flow.id(),
                flow.owner(),
                flow.state(),
                finding.code(),
                finding.outcome(),
                finding.stoppedAt(),
                finding.verdict(),
                finding.cause(),
                finding.next(),
                events(flow, concluded),
                steps);
    }

    /**
     * The first event that stopped before it came to the screens holds up the rest. Otherwise the newest event that screens receive
     * decides, because each event carries the whole state.
     */
    private static Conclusion conclude(Flow flow, List<ConcludedEvent> concluded) {
        for (ConcludedEvent event : concluded) {
            if (event.conclusion().isBeforeScreens()) {
                return ofEvent(event);
            }
        }
        if (flow.waitsFor() != null) {
            return Verdict.WAITING_FOR_TRAINER.because(
                    "The purchase waits for a trainer (%s).".formatted(flow.waitsFor()));
        }
        return concluded.reversed().stream()
                .filter(event -> event.conclusion().verdict() != Verdict.NOT_FOR_SCREENS)
                .findFirst()
                .or(() -> concluded.stream().findFirst())
                .map(FlowJourney::ofEvent)
                .orElseGet(() -> Verdict.NO_EVENT_YET.because("The %s is %s, and no event of it is stored."
                        .formatted(flow.kind(), flow.state().isEmpty() ? "known" : flow.state())));
    }

    private static Conclusion ofEvent(ConcludedEvent event) {
        return event.conclusion()
                .verdict()
                .because("%s (event %s): %s"
                        .formatted(
                                event.event().type(),
                                event.event().id(),
                                event.conclusion().cause()));
    }

    private static List<EventOfFlow> events(Flow flow, List<ConcludedEvent> concluded) {
        List<EventOfFlow> events = new ArrayList<>();
        Instant before = null;
        for (ConcludedEvent one : concluded) {
            Verdict.FindingView finding = one.conclusion().view();
            Instant at = one.event().at();
            events.add(new EventOfFlow(
                    one.event().id(),
                    one.event().type(),
                    one.event().publisher(),
                    Timestamps.format(at),
                    before == null ? null : Duration.between(before, at).toMillis(),
                    finding.code(),
                    finding.outcome(),
                    finding.stoppedAt(),
                    flow.causeOf(one.event()).map(Flow.FlowEvent::id).orElse(null)));
            before = at;
        }
        return events;
    }
}
