package dev.tidings.sidecar;

import dev.tidings.sidecar.tracing.EventSpan;
import dev.tidings.sidecar.tracing.EventSpans;
import dev.tidings.sidecar.tracing.EventSpans.SpanRole;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Records a span of each published event, from the time it was written until the broker has it, so that the wait in the outbox is
 * visible. The event carries the context of its span.
 */
final class TracedPublisher implements EventPublisher {
    private final EventPublisher publisher;
    private final EventSpans spans;

    TracedPublisher(EventPublisher publisher, EventSpans spans) {
        this.publisher = publisher;
        this.spans = spans;
    }

    @Override
    public void connect() {
        publisher.connect();
    }

    @Override
    public PublishResult publish(String topic, List<OutgoingEvent> events) {
        if (events.stream().noneMatch(event -> spans.records(event.traceparent()))) {
            return publisher.publish(topic, events);
        }
        List<EventSpan> started = new ArrayList<>(events.size());
        List<OutgoingEvent> traced = new ArrayList<>(events.size());
        for (OutgoingEvent event : events) {
            EventSpan span = spans.start(
                            "publish " + event.type(), SpanRole.PRODUCER, event.traceparent(), event.time())
                    .tag("messaging.system", "kafka")
                    .tag("messaging.destination.name", topic)
                    .tag("messaging.message.id", event.id().toString());
            started.add(span);
            traced.add(event.inTrace(span.traceparentOr(event.traceparent())));
        }
        PublishResult result = publisher.publish(topic, traced);
        Function<UUID, @Nullable String> reasons = reasons(result);
        for (int i = 0; i < started.size(); i++) {
            String reason = reasons.apply(events.get(i).id());
            if (reason == null) {
                started.get(i).end();
            } else {
                started.get(i).fail(reason);
            }
        }
        return result;
    }

    private static Function<UUID, @Nullable String> reasons(PublishResult result) {
        return switch (result) {
            case PublishResult.Published() -> _ -> null;
            case PublishResult.PartlyRefused(var reasonById) -> reasonById::get;
            case PublishResult.PublishFailed(String reason) -> _ -> reason;
            case PublishResult.SidecarUnreachable(String reason) -> _ -> reason;
        };
    }
}
