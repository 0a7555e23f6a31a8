package dev.tidings.workers.runtime;

import dev.tidings.sidecar.DeliveryResult;
import dev.tidings.sidecar.EventBatchHandler;
import dev.tidings.sidecar.ReceivedEvent;
import dev.tidings.sidecar.TraceContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Passes received events to the worker's handlers; the package's manual describes the results. Safe for any thread. */
final class Dispatcher implements EventBatchHandler {
    private final List<EventHandler<?>> handlers;
    private final BatchProcessor processor;
    private final Failures failures;
    private final WorkerMetrics metrics;

    Dispatcher(List<EventHandler<?>> handlers, BatchProcessor processor, Failures failures, WorkerMetrics metrics) {
        this.handlers = handlers;
        this.processor = processor;
        this.failures = failures;
        this.metrics = metrics;
    }

    /** Types of the topic that no handler takes are not read. */
    @Override
    public boolean takes(String topic, @Nullable String type) {
        if (type == null || handlerOf(type).isPresent() || !EventCheck.isOf(type, topic)) {
            return true;
        }
        metrics.count(type, "ignored");
        return false;
    }

    @Override
    public List<DeliveryResult> handle(String topic, List<ReceivedEvent> batch) {
        List<BatchItem<?>> items = new ArrayList<>(batch.size());
        for (ReceivedEvent event : batch) {
            items.add(read(event));
        }
        Set<String> waitingKeys = ConcurrentHashMap.newKeySet();
        int end;
        for (int start = 0; start < items.size(); start = end) {
            EventHandler<?> handler = items.get(start).handler();
            end = start + 1;
            while (end < items.size() && items.get(end).handler() == handler) {
                end++;
            }
            if (handler != null) {
                process(handler, items.subList(start, end), waitingKeys);
            }
        }
        return items.stream().map(BatchItem::result).toList();
    }

    @SuppressWarnings("unchecked") // the items were read for this handler
    private <T> void process(EventHandler<T> handler, List<BatchItem<?>> items, Set<String> waitingKeys) {
        processor.process(handler, (List<BatchItem<T>>) (List<?>) items, waitingKeys);
    }

    /** Reads the event for its handler. An item without a handler has its result. */
    private BatchItem<?> read(ReceivedEvent event) {
        Optional<EventHandler<?>> handler = handlerOf(event.type());
        try (var _ = TraceContext.open(event)) {
            String fault = EventCheck.fault(event, handler.isPresent());
            if (fault != null) {
                return BatchItem.settled(failures.failed(event, fault, true, null));
            }
            if (handler.isEmpty()) {
                metrics.count(event.type(), "ignored");
                return BatchItem.settled(DeliveryResult.SUCCESS);
            }
            return read(event, handler.get());
        } catch (MalformedPayloadException e) {
            return BatchItem.settled(failures.failed(event, String.valueOf(e.getMessage()), true, e));
        }
    }

    private static <T> BatchItem<T> read(ReceivedEvent event, EventHandler<T> handler) {
        return new BatchItem<>(handler, new Delivery<>(event, Payloads.read(event.data(), handler.payload())));
    }

    private Optional<EventHandler<?>> handlerOf(String type) {
        return handlers.stream().filter(one -> one.takes(type)).findFirst();
    }
}
