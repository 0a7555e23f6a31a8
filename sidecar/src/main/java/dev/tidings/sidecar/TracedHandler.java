package dev.tidings.sidecar;

import dev.tidings.sidecar.DeliveryResult.DeliveryStatus;
import dev.tidings.sidecar.tracing.EventSpan;
import dev.tidings.sidecar.tracing.EventSpans;
import dev.tidings.sidecar.tracing.EventSpans.SpanRole;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Records a span of each handled event below the event's own context, and one of the batch, which has links to its events. The handler
 * gets the events with the contexts of their spans.
 */
final class TracedHandler implements EventBatchHandler {
    private final EventBatchHandler handler;
    private final EventSpans spans;

    TracedHandler(EventBatchHandler handler, EventSpans spans) {
        this.handler = handler;
        this.spans = spans;
    }

    @Override
    public boolean takes(String topic, @Nullable String type) {
        return handler.takes(topic, type);
    }

    @Override
    public List<DeliveryResult> handle(String topic, List<ReceivedEvent> batch) {
        if (batch.stream().noneMatch(event -> spans.records(event.traceparent()))) {
            return handler.handle(topic, batch);
        }
        EventSpan ofBatch = spans.batch(
                        "batch " + topic,
                        batch.stream().map(ReceivedEvent::traceparent).toList())
                .tag("messaging.batch.message_count", Integer.toString(batch.size()));
        List<EventSpan> ofEvents = new ArrayList<>(batch.size());
        List<ReceivedEvent> traced = new ArrayList<>(batch.size());
        for (ReceivedEvent event : batch) {
            EventSpan span = spans.start("process " + event.type(), SpanRole.CONSUMER, event.traceparent())
                    .tag("messaging.system", "kafka")
                    .tag("messaging.destination.name", topic)
                    .tag("messaging.message.id", event.id());
            ofEvents.add(span);
            traced.add(span.isRecorded() ? event.inTrace(span.traceparentOr(null)) : event);
        }
        List<DeliveryResult> results;
        try {
            results = handler.handle(topic, traced);
        } catch (RuntimeException e) {
            ofEvents.forEach(span -> span.fail(e.toString()));
            ofBatch.fail(e.toString());
            throw e;
        }
        for (int i = 0; i < Math.min(ofEvents.size(), results.size()); i++) {
            DeliveryResult result = results.get(i);
            if (result.status() == DeliveryStatus.SUCCESS) {
                ofEvents.get(i).end();
            } else {
                ofEvents.get(i).fail(result.status() + ": " + result.reason());
            }
        }
        ofBatch.end();
        return results;
    }
}
