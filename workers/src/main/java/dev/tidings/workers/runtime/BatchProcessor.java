package dev.tidings.workers.runtime;

import dev.tidings.concurrent.Concurrently;
import dev.tidings.messaging.inbox.Inbox;
import dev.tidings.sidecar.DeliveryResult;
import dev.tidings.sidecar.DeliveryResult.DeliveryStatus;
import dev.tidings.sidecar.ReceivedEvent;
import dev.tidings.sidecar.TraceContext;
import dev.tidings.workers.runtime.HandlerResult.DependencyUnavailable;
import dev.tidings.workers.runtime.HandlerResult.Done;
import dev.tidings.workers.runtime.HandlerResult.Permanent;
import dev.tidings.workers.runtime.HandlerResult.Transient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Processes a batch of one handler: its calls, then inbox and effect of all events in one transaction. A batch that fails is halved
 * until the event at fault stands alone. Safe for any thread.
 */
final class BatchProcessor {
    private static final Logger log = LoggerFactory.getLogger(BatchProcessor.class);

    private final Inbox inbox;
    private final Failures failures;
    private final TransactionTemplate transaction;
    private final Outage outage;
    private final WorkerMetrics metrics;

    BatchProcessor(
            Inbox inbox, Failures failures, TransactionTemplate transaction, Outage outage, WorkerMetrics metrics) {
        this.inbox = inbox;
        this.failures = failures;
        this.transaction = transaction;
        this.outage = outage;
        this.metrics = metrics;
    }

    /**
     * Gives each item its result.
     *
     * @param waitingKeys keys with an event that comes again, of this and of earlier handlers of the delivery. Their later events wait
     *     for it, so that none overtakes it. Must be safe for any thread
     */
    <T> void process(EventHandler<T> handler, List<BatchItem<T>> items, Set<String> waitingKeys) {
        new Batch<>(handler, waitingKeys).process(items);
    }

    /** @param accepted the events that had their effect now; the others had it before */
    private record Attempt(
            HandlerResult result,
            Set<ReceivedEvent> accepted,
            @Nullable Throwable cause) {
        static Attempt failed(HandlerResult result, @Nullable Throwable cause) {
            return new Attempt(result, Set.of(), cause);
        }
    }

    /** The state of one batch. */
    private final class Batch<T> {
        private final EventHandler<T> handler;
        private final long start = System.nanoTime();
        private final Set<String> waitingKeys;

        Batch(EventHandler<T> handler, Set<String> waitingKeys) {
            this.handler = handler;
            this.waitingKeys = waitingKeys;
        }

        void process(List<BatchItem<T>> items) {
            for (BatchItem<T> item : items) {
                ReceivedEvent event = item.event();
                inTraceOf(
                        event,
                        () -> log.info(
                                "[Worker] Processing {} event {} of {}, correlation {}",
                                event.type(),
                                event.id(),
                                event.source(),
                                event.correlationId()));
            }
            if (handler instanceof CallingHandler<T> calling) {
                call(calling, items);
            }
            transact(items.stream().filter(item -> !item.isSettled()).toList());
        }

        /** Calls for the events that were not processed before. */
        private void call(CallingHandler<T> calling, List<BatchItem<T>> items) {
            Set<ReceivedEvent> open = byIdentity(List.of());
            Attempt looked = attempt(items.getFirst().event(), () -> {
                open.addAll(
                        inbox.unprocessed(items.stream().map(BatchItem::event).toList()));
                return new Attempt(HandlerResult.DONE, open, null);
            });
            if (!(looked.result() instanceof Done)) {
                fail(items, looked);
                return;
            }
            List<List<BatchItem<T>>> byKey = new ArrayList<>();
            for (BatchItem<T> item : items) {
                if (open.contains(item.event())) {
                    sameKey(byKey, item).add(item);
                } else {
                    succeed(item, true);
                }
            }
            Concurrently.forEach(byKey, ofOneKey -> ofOneKey.forEach(item -> call(calling, item)));
        }

        private void call(CallingHandler<T> calling, BatchItem<T> item) {
            if (mustWait(item)) {
                return;
            }
            inTraceOf(item.event(), () -> {
                Attempt attempt =
                        attempt(item.event(), () -> new Attempt(calling.call(item.delivery()), Set.of(), null));
                if (!(attempt.result() instanceof Done)) {
                    fail(List.of(item), attempt);
                }
            });
        }

        /** Has the effect of the items. */
        private void transact(List<BatchItem<T>> items) {
            List<BatchItem<T>> free =
                    items.stream().filter(item -> !mustWait(item)).toList();
            if (free.isEmpty()) {
                return;
            }
            Attempt attempt = attempt(free.getFirst().event(), () -> effect(free));
            switch (attempt.result()) {
                case Done _ ->
                    free.forEach(item -> succeed(item, !attempt.accepted().contains(item.event())));
                case DependencyUnavailable _ -> fail(free, attempt);
                case Permanent _, Transient _ -> {
                    if (free.size() == 1) {
                        fail(free, attempt);
                    } else {
                        int half = free.size() / 2;
                        log.debug("A batch of {} events fails and is halved: {}", free.size(), attempt.result());
                        transact(free.subList(0, half));
                        transact(free.subList(half, free.size()));
                    }
                }
            }
        }

        private Attempt effect(List<BatchItem<T>> items) {
            return Objects.requireNonNull(transaction.execute(status -> {
                Set<ReceivedEvent> accepted = byIdentity(
                        inbox.accept(items.stream().map(BatchItem::event).toList()));
                List<Delivery<T>> deliveries = items.stream()
                        .map(BatchItem::delivery)
                        .filter(delivery -> accepted.contains(delivery.event()))
                        .toList();
                HandlerResult result = deliveries.isEmpty() ? HandlerResult.DONE : handler.handle(deliveries);
                if (!(result instanceof Done)) {
                    status.setRollbackOnly();
                }
                return new Attempt(result, accepted, null);
            }));
        }

        /** Attempts it until nothing that all events need is down, or the wait is over. */
        private Attempt attempt(ReceivedEvent first, Supplier<Attempt> what) {
            Outage.Wait wait = outage.new Wait();
            while (true) {
                Attempt attempt = attemptOnce(what);
                if (!(attempt.result() instanceof DependencyUnavailable(String dependency))) {
                    return attempt;
                }
                metrics.count(first.type(), "unavailable");
                log.warn("[Worker] {} event {} waits: {} is not available", first.type(), first.id(), dependency);
                if (!wait.pause()) {
                    return attempt;
                }
            }
        }

        private Attempt attemptOnce(Supplier<Attempt> what) {
            try {
                return what.get();
            } catch (MalformedPayloadException e) {
                return Attempt.failed(HandlerResult.permanent(String.valueOf(e.getMessage())), e);
            } catch (CannotCreateTransactionException | DataAccessResourceFailureException e) {
                return Attempt.failed(HandlerResult.unavailable("the database"), e);
            } catch (RuntimeException e) {
                return Attempt.failed(HandlerResult.transientFailure(String.valueOf(e)), e);
            }
        }

        /** @param before whether the event had its effect before */
        private void succeed(BatchItem<T> item, boolean before) {
            ReceivedEvent event = item.event();
            item.settle(DeliveryResult.SUCCESS);
            inTraceOf(event, () -> {
                if (before) {
                    metrics.count(event.type(), "duplicate");
                    log.info("[Worker] {} event {} was processed before", event.type(), event.id());
                } else {
                    Duration took = Duration.ofNanos(System.nanoTime() - start);
                    metrics.processed(event, took);
                    log.info("[Worker] {} event processed {} in {} ms", event.type(), event.id(), took.toMillis());
                }
            });
        }

        private void fail(List<BatchItem<T>> items, Attempt attempt) {
            switch (attempt.result()) {
                case Done _ -> throw new IllegalStateException("a failure has a reason");
                case Permanent(String reason) -> items.forEach(item -> fail(item, reason, true, attempt.cause()));
                case Transient(String reason) -> items.forEach(item -> fail(item, reason, false, attempt.cause()));
                case DependencyUnavailable(String dependency) -> {
                    String reason = dependency + " is not available";
                    boolean isDatabase = attempt.cause() != null;
                    // Without the database no failure can be recorded, and each try takes seconds.
                    int recorded = isDatabase ? 1 : items.size();
                    items.subList(0, recorded).forEach(item -> fail(item, reason, false, attempt.cause()));
                    items.subList(recorded, items.size()).forEach(item -> item.settle(DeliveryResult.retry(reason)));
                }
            }
        }

        private void fail(BatchItem<T> item, String reason, boolean permanent, @Nullable Throwable cause) {
            if (mustWait(item)) {
                return;
            }
            ReceivedEvent event = item.event();
            inTraceOf(event, () -> item.settle(failures.failed(event, reason, permanent, cause)));
            if (item.result().status() == DeliveryStatus.RETRY && event.key() != null) {
                waitingKeys.add(event.key());
            }
        }

        /** Settles an item whose key waits. */
        private boolean mustWait(BatchItem<T> item) {
            String key = item.event().key();
            if (key == null || !waitingKeys.contains(key)) {
                return false;
            }
            item.settle(DeliveryResult.retry("an earlier event of its key comes again"));
            return true;
        }
    }

    /** The items of the item's key; an event without a key has no order. */
    private static <T> List<BatchItem<T>> sameKey(List<List<BatchItem<T>>> byKey, BatchItem<T> item) {
        String key = item.event().key();
        return byKey.stream()
                .filter(items ->
                        key != null && key.equals(items.getFirst().event().key()))
                .findFirst()
                .orElseGet(() -> {
                    List<BatchItem<T>> items = new ArrayList<>();
                    byKey.add(items);
                    return items;
                });
    }

    private static Set<ReceivedEvent> byIdentity(List<ReceivedEvent> events) {
        Set<ReceivedEvent> set = Collections.newSetFromMap(new IdentityHashMap<>());
        set.addAll(events);
        return set;
    }

    private static void inTraceOf(ReceivedEvent event, Runnable action) {
        try (var _ = TraceContext.open(event)) {
            action.run();
        }
    }
}
