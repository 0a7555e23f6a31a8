package dev.tidings.workers.runtime;

import dev.tidings.events.EventType;
import dev.tidings.messaging.inbox.EventNames;
import dev.tidings.messaging.inbox.Inbox;
import dev.tidings.messaging.inbox.InboxEvent;
import dev.tidings.workers.runtime.Outcome.Done;
import dev.tidings.workers.runtime.Outcome.Permanent;
import dev.tidings.workers.runtime.Outcome.Transient;
import dev.tidings.workers.runtime.Outcome.Unavailable;
import dev.tidings.workers.runtime.Reading.Readable;
import dev.tidings.workers.runtime.Reading.Unreadable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/** Takes what the sidecar delivers; the package says what becomes of it. Safe for any thread. */
public final class Intake {
    /** The sidecar's first try and its three more, as in resiliency.yaml. */
    private static final int ATTEMPTS = 4;

    private static final Logger log = LoggerFactory.getLogger(Intake.class);

    private final List<EventHandler<?>> handlers;
    private final Inbox inbox;
    private final Failures failures;
    private final TransactionTemplate transaction;
    private final Outage outage;
    private final WorkerMetrics metrics;
    private final InstantSource clock;
    private final EventReader reader = new EventReader();

    Intake(
            List<EventHandler<?>> handlers,
            Inbox inbox,
            Failures failures,
            TransactionTemplate transaction,
            Outage outage,
            WorkerMetrics metrics,
            InstantSource clock) {
        this.handlers = handlers;
        this.inbox = inbox;
        this.failures = failures;
        this.transaction = transaction;
        this.outage = outage;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Processes an event, or says what is to become of it. Never throws. */
    public Answer take(Arrival arrival) {
        return switch (read(arrival)) {
            case Unreadable(InboxEvent facts, String reason) -> failed(facts, arrival, reason, true, null);
            case Readable event -> {
                try (var _ = MDC.putCloseable(Trace.MDC_KEY, event.traceparent());
                        var _ = MDC.putCloseable("traceId", Trace.idOf(event.traceparent()))) {
                    yield take(event, arrival);
                }
            }
        };
    }

    /** An event whose reading ends in a bug is unreadable: the same bytes would end so again. */
    private Reading read(Arrival arrival) {
        Instant now = clock.instant();
        try {
            return reader.read(arrival, now);
        } catch (RuntimeException | StackOverflowError e) {
            log.error("[Worker] A bug ends the reading of an event of {}", arrival.topic(), e);
            InboxEvent facts = new InboxEvent(
                    EventNames.UNKNOWN,
                    EventNames.fingerprint(arrival.body()),
                    EventNames.UNKNOWN,
                    null,
                    arrival.topic(),
                    null,
                    now);
            return new Unreadable(facts, "it cannot be read: " + e);
        }
    }

    private Answer take(Readable event, Arrival arrival) {
        String type = event.facts().type();
        Optional<EventHandler<?>> handler =
                handlers.stream().filter(one -> one.takes(type)).findFirst();
        if (handler.isPresent()) {
            return process(handler.get(), event, arrival);
        }
        if (isOf(type, arrival.topic())) {
            metrics.count(type, "ignored");
            return Answer.SUCCESS;
        }
        return failed(
                event.facts(),
                arrival,
                "no event type of topic %s is named '%s'".formatted(arrival.topic(), type),
                true,
                null);
    }

    private <T> Answer process(EventHandler<T> handler, Readable event, Arrival arrival) {
        InboxEvent facts = event.facts();
        log.info(
                "[Worker] Processing {} event {} of {}, correlation {}",
                facts.type(),
                facts.id(),
                facts.source(),
                facts.correlationId());
        long start = System.nanoTime();
        Outage.Wait wait = outage.new Wait();
        while (true) {
            Attempt attempt = attempt(handler, event);
            switch (attempt.outcome()) {
                case Done _
                when attempt.repeated() -> {
                    metrics.count(facts.type(), "duplicate");
                    log.info("[Worker] {} event {} was processed before", facts.type(), facts.id());
                    return Answer.SUCCESS;
                }
                case Done _ -> {
                    Duration took = Duration.ofNanos(System.nanoTime() - start);
                    metrics.processed(facts, took);
                    log.info("[Worker] {} event processed {} in {} ms", facts.type(), facts.id(), took.toMillis());
                    return Answer.SUCCESS;
                }
                case Permanent(String reason) -> {
                    return failed(facts, arrival, reason, true, attempt.cause());
                }
                case Transient(String reason) -> {
                    return failed(facts, arrival, reason, false, attempt.cause());
                }
                case Unavailable(String what) -> {
                    metrics.count(facts.type(), "unavailable");
                    log.warn("[Worker] {} event {} waits: {} is not available", facts.type(), facts.id(), what);
                    if (!wait.pause()) {
                        return failed(facts, arrival, what + " is not available", false, attempt.cause());
                    }
                }
            }
        }
    }

    /** @param repeated the event had its effect before */
    private record Attempt(
            Outcome outcome, boolean repeated, @Nullable Throwable cause) {}

    private <T> Attempt attempt(EventHandler<T> handler, Readable event) {
        InboxEvent facts = event.facts();
        try {
            Delivery<T> delivery = new Delivery<>(
                    facts.source(),
                    facts.id(),
                    facts.type(),
                    facts.topic(),
                    facts.key(),
                    facts.time(),
                    facts.correlationId(),
                    Payloads.read(event.data(), handler.payload()));
            if (handler instanceof CallingHandler<T> calling) {
                if (inbox.has(facts.source(), facts.id())) {
                    return new Attempt(Outcome.DONE, true, null);
                }
                Outcome called = calling.call(delivery);
                if (!(called instanceof Done)) {
                    return new Attempt(called, false, null);
                }
            }
            return Objects.requireNonNull(transaction.execute(status -> {
                if (!inbox.accept(facts)) {
                    return new Attempt(Outcome.DONE, true, null);
                }
                Outcome outcome = handler.handle(delivery);
                if (!(outcome instanceof Done)) {
                    status.setRollbackOnly();
                }
                return new Attempt(outcome, false, null);
            }));
        } catch (MalformedPayloadException e) {
            return new Attempt(Outcome.permanent(String.valueOf(e.getMessage())), false, e);
        } catch (CannotCreateTransactionException | DataAccessResourceFailureException e) {
            return new Attempt(Outcome.unavailable("the database"), false, e);
        } catch (RuntimeException e) {
            return new Attempt(Outcome.transientFailure(String.valueOf(e)), false, e);
        }
    }

    private Answer failed(
            InboxEvent event, Arrival arrival, String reason, boolean permanent, @Nullable Throwable cause) {
        metrics.count(known(event.type()), permanent ? "permanent" : "transient");
        Throwable error = cause == null ? new FailedEventException(reason) : cause;
        int attempts;
        try {
            attempts = failures.record(event, reason, permanent, arrival.body());
        } catch (DataIntegrityViolationException e) {
            error.addSuppressed(e);
            log.error(
                    "[Worker] Failed to process {} event {} of {}: {}; the database does not take the failure's record, so the"
                            + " event goes to the dead letters without it",
                    event.type(),
                    event.id(),
                    event.source(),
                    reason,
                    error);
            return Answer.drop(reason);
        } catch (DataAccessException | CannotCreateTransactionException e) {
            error.addSuppressed(e);
            log.error(
                    "[Worker] Failed to process {} event {} of {}: {}; the failure cannot be recorded, so the sidecar tries again",
                    event.type(),
                    event.id(),
                    event.source(),
                    reason,
                    error);
            return Answer.retry(reason);
        }
        log.error(
                "[Worker] Failed to process {} event {} of {} (attempt {}): {}; {}",
                event.type(),
                event.id(),
                event.source(),
                attempts,
                reason,
                permanent
                        ? "to the dead letters"
                        : attempts % ATTEMPTS == 0
                                ? "to the dead letters after %d attempts".formatted(ATTEMPTS)
                                : "the sidecar tries again",
                error);
        return permanent ? Answer.drop(reason) : Answer.retry(reason);
    }

    private static boolean isOf(String type, String topic) {
        return Arrays.stream(EventType.values())
                .anyMatch(known -> known.wireName().equals(type)
                        && known.topic().wireName().equals(topic));
    }

    /** Foreign names do not become metrics. */
    private static String known(String type) {
        return Arrays.stream(EventType.values()).anyMatch(one -> one.wireName().equals(type)) ? type : "unknown";
    }

    /** Gives a refusal its place in the log; nobody throws it. */
    private static final class FailedEventException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        FailedEventException(String reason) {
            super(reason);
        }
    }
}
