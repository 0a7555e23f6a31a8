package dev.tidings.backend.deadletters;

import dev.tidings.backend.deadletters.DeadLetterTable.WorkerFailure;
import dev.tidings.backend.operatorlog.OperatorLog;
import dev.tidings.sidecar.EventNames;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Stores dead letters. Safe for any thread. */
@Service
class DeadLetters {
    private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);
    private static final String UNREACHED = "its worker was not reached; the event is redelivered automatically";
    private static final String UNREADABLE = "it is not a CloudEvent that a sidecar can read";

    private final DeadLetterTable table;
    private final OperatorLog operatorLog;
    private final MeterRegistry metrics;
    private final Clock clock;

    DeadLetters(DeadLetterTable table, OperatorLog operatorLog, MeterRegistry metrics, Clock clock) {
        this.table = table;
        this.operatorLog = operatorLog;
        this.metrics = metrics;
        this.clock = clock;
        // Registered at zero, so that the first dead letter is visible as an increase.
        arrivals(true);
        arrivals(false);
    }

    /** Stores a dead letter; committed on return. A duplicate changes nothing unless the event failed again. */
    @Transactional
    public void receive(DeadLetter.FailedEvent event) {
        Instant now = clock.instant();
        List<WorkerFailure> failures = table.failures(event);
        if (failures.isEmpty()) {
            table.upsert(event, null, event.topic().equals(EventNames.UNKNOWN) ? UNREADABLE : UNREACHED, now);
        }
        failures.forEach(failure -> table.upsert(event, failure, failure.error(), now));
        arrivals(!failures.isEmpty()).increment();
        log.warn(
                "Dead letter: {} {} of {} on {}, given up by {}",
                event.eventType(),
                event.eventId(),
                event.eventSource(),
                event.topic(),
                failures.isEmpty()
                        ? "a sidecar"
                        : failures.stream().map(WorkerFailure::consumer).toList());
    }

    /** @param judged whether a worker recorded the reason */
    private Counter arrivals(boolean judged) {
        return metrics.counter("tidings.dead.letters", "judged", Boolean.toString(judged));
    }

    Optional<DeadLetter> find(UUID id) {
        return table.find(id).filter(letter -> !letter.isDiscarded());
    }

    List<DeadLetter> page(DeadLetterFilter filter, @Nullable UUID before, int limit) {
        return table.page(filter, before, limit);
    }

    List<DeadLetter.DeadLetterAction> actions(UUID id) {
        return table.actions(id);
    }

    @Transactional
    public boolean discard(UUID id, String operator) {
        Instant now = clock.instant();
        if (!table.discard(id, now)) {
            return false;
        }
        table.addAction(id, new DeadLetter.DeadLetterAction(now, operator, "discard", null));
        operatorLog.record(operator, "operator.dead_letter.discard", id.toString(), "discarded", Map.of());
        log.info("Dead letter {} discarded by {}", id, operator);
        return true;
    }
}
