package dev.tidings.workers.runtime;

import dev.tidings.events.EventType;
import dev.tidings.messaging.inbox.Inbox;
import dev.tidings.sidecar.CloudEventReader;
import dev.tidings.sidecar.DeliveryResult;
import dev.tidings.sidecar.EventBatchHandler;
import dev.tidings.sidecar.EventNames;
import dev.tidings.sidecar.ReceivedEvent;
import dev.tidings.sidecar.TraceContext;
import dev.tidings.workers.runtime.HandlerResult.DependencyUnavailable;
import dev.tidings.workers.runtime.HandlerResult.Done;
import dev.tidings.workers.runtime.HandlerResult.Permanent;
import dev.tidings.workers.runtime.HandlerResult.Transient;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** Passes received events to the worker's handlers; the package's manual describes the results. Safe for any thread. */
final class Dispatcher implements EventBatchHandler {
    /** The sidecar's first attempt and its three retries, as in resiliency.yaml. */
    private static final int ATTEMPTS = 4;

    private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);

    private final List<EventHandler<?>> handlers;
    private final Inbox inbox;
    private final Failures failures;
    private final TransactionTemplate transaction;
    private final Outage outage;
    private final WorkerMetrics metrics;

    Dispatcher(
            List<EventHandler<?>> handlers,
            Inbox inbox,
            Failures failures,
            TransactionTemplate transaction,
            Outage outage,
            WorkerMetrics metrics) {
        this.handlers = handlers;
        this.inbox = inbox;
        this.failures = failures;
        this.transaction = transaction;
        this.outage = outage;
        this.metrics = metrics;
    }

    /** Processes the events one after the other, each in a transaction of its own. */
    @Override
    public List<DeliveryResult> handle(String topic, List<ReceivedEvent> batch) {
        return batch.stream().map(this::handle).toList();
    }

    private DeliveryResult handle(ReceivedEvent event) {
        try (var _ = TraceContext.open(event.traceparent())) {
            Optional<EventHandler<?>> handler =
                    handlers.stream().filter(one -> one.takes(event.type())).findFirst();
            String fault = fault(event, handler.isPresent());
            if (fault != null) {
                return failed(event, fault, true, null);
            }
            if (handler.isPresent()) {
                return process(handler.get(), event);
            }
            metrics.count(event.type(), "ignored");
            return DeliveryResult.SUCCESS;
        }
    }

    /** Returns why no handler can process the event; null if one may. */
    private static @Nullable String fault(ReceivedEvent event, boolean isTaken) {
        if (event.fault() != null) {
            return event.fault().detail();
        }
        if (event.attribute("type") == null) {
            return CloudEventReader.notAName("type");
        }
        if (!event.envelope().path("specversion").asString("").equals("1.0")) {
            return "it is not a CloudEvent of version 1.0";
        }
        JsonNode data = event.data();
        if (!data.isObject()) {
            return "its data is %s, not a JSON object".formatted(data.isMissingNode() ? "missing" : data.getNodeType());
        }
        if (data.hasNonNull("correlationId") && event.correlationId() == null) {
            return "its correlationId is not 1 to %d characters".formatted(EventNames.MAX_CHARS);
        }
        if (!isTaken && !isOf(event.type(), event.topic())) {
            return "no event type of topic %s is named '%s'".formatted(event.topic(), event.type());
        }
        return unknownVersion(event.type(), data);
    }

    /** Versions only add fields; a version that breaks readers would have another number. Some types count their entity's changes there. */
    private static @Nullable String unknownVersion(String type, JsonNode data) {
        JsonNode version = data.path("version");
        boolean isOfTheEntity = EventType.find(type).stream()
                .flatMap(known -> Arrays.stream(known.payload().getRecordComponents()))
                .anyMatch(component -> component.getName().equals("version"));
        if (isOfTheEntity
                || version.isMissingNode()
                || version.isNull()
                || version.asString("").equals("1")) {
            return null;
        }
        return "version %.40s of %s is unknown here; version 1 is known".formatted(version.toString(), type);
    }

    private <T> DeliveryResult process(EventHandler<T> handler, ReceivedEvent event) {
        log.info(
                "[Worker] Processing {} event {} of {}, correlation {}",
                event.type(),
                event.id(),
                event.source(),
                event.correlationId());
        long start = System.nanoTime();
        Outage.Wait wait = outage.new Wait();
        while (true) {
            Attempt attempt = attempt(handler, event);
            switch (attempt.result()) {
                case Done _
                when attempt.repeated() -> {
                    metrics.count(event.type(), "duplicate");
                    log.info("[Worker] {} event {} was processed before", event.type(), event.id());
                    return DeliveryResult.SUCCESS;
                }
                case Done _ -> {
                    Duration took = Duration.ofNanos(System.nanoTime() - start);
                    metrics.processed(event, took);
                    log.info("[Worker] {} event processed {} in {} ms", event.type(), event.id(), took.toMillis());
                    return DeliveryResult.SUCCESS;
                }
                case Permanent(String reason) -> {
                    return failed(event, reason, true, attempt.cause());
                }
                case Transient(String reason) -> {
                    return failed(event, reason, false, attempt.cause());
                }
                case DependencyUnavailable(String dependency) -> {
                    metrics.count(event.type(), "unavailable");
                    log.warn("[Worker] {} event {} waits: {} is not available", event.type(), event.id(), dependency);
                    if (!wait.pause()) {
                        return failed(event, dependency + " is not available", false, attempt.cause());
                    }
                }
            }
        }
    }

    /** @param repeated whether the event had its effect before */
    private record Attempt(
            HandlerResult result,
            boolean repeated,
            @Nullable Throwable cause) {}

    private <T> Attempt attempt(EventHandler<T> handler, ReceivedEvent event) {
        try {
            Delivery<T> delivery = new Delivery<>(event, Payloads.read(event.data(), handler.payload()));
            if (handler instanceof CallingHandler<T> calling) {
                if (inbox.has(event.source(), event.id())) {
                    return new Attempt(HandlerResult.DONE, true, null);
                }
                HandlerResult called = calling.call(delivery);
                if (!(called instanceof Done)) {
                    return new Attempt(called, false, null);
                }
            }
            return Objects.requireNonNull(transaction.execute(status -> {
                if (!inbox.accept(event)) {
                    return new Attempt(HandlerResult.DONE, true, null);
                }
                HandlerResult result = handler.handle(delivery);
                if (!(result instanceof Done)) {
                    status.setRollbackOnly();
                }
                return new Attempt(result, false, null);
            }));
        } catch (MalformedPayloadException e) {
            return new Attempt(HandlerResult.permanent(String.valueOf(e.getMessage())), false, e);
        } catch (CannotCreateTransactionException | DataAccessResourceFailureException e) {
            return new Attempt(HandlerResult.unavailable("the database"), false, e);
        } catch (RuntimeException e) {
            return new Attempt(HandlerResult.transientFailure(String.valueOf(e)), false, e);
        }
    }

    private DeliveryResult failed(ReceivedEvent event, String reason, boolean permanent, @Nullable Throwable cause) {
        metrics.count(known(event.type()), permanent ? "permanent" : "transient");
        Throwable error = cause == null ? new FailedEventException(reason) : cause;
        String attempt = "";
        String next;
        boolean drop = permanent;
        try {
            int attempts = failures.record(event, reason, permanent);
            attempt = " (attempt %d)".formatted(attempts);
            next = permanent || attempts % ATTEMPTS == 0 ? "it becomes a dead letter" : "the sidecar tries again";
        } catch (DataIntegrityViolationException e) {
            error.addSuppressed(e);
            drop = true;
            next =
                    "the database does not accept the record of the failure, so the event becomes a dead letter without it";
        } catch (DataAccessException | CannotCreateTransactionException e) {
            error.addSuppressed(e);
            drop = false;
            next = "the failure cannot be recorded, so the sidecar tries again";
        }
        log.error(
                "[Worker] Failed to process {} event {} of {}{}: {}; {}",
                event.type(),
                event.id(),
                event.source(),
                attempt,
                reason,
                next,
                error);
        return drop ? DeliveryResult.drop(reason) : DeliveryResult.retry(reason);
    }

    private static boolean isOf(String type, String topic) {
        return EventType.find(type)
                .filter(known -> known.topic().wireName().equals(topic))
                .isPresent();
    }

    /** Names of foreign types do not become tags of metrics. */
    private static String known(String type) {
        return EventType.find(type).isPresent() ? type : "unknown";
    }

    /** Gives a refusal a stack trace in the log; it is not thrown. */
    private static final class FailedEventException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        FailedEventException(String reason) {
            super(reason);
        }
    }
}
