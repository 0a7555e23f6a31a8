package dev.tidings.workers.audit;

import dev.tidings.messaging.callback.BulkCallback;
import dev.tidings.messaging.callback.BulkCallback.Entry;
import dev.tidings.workers.runtime.ForWorker;
import io.dapr.Topic;
import io.dapr.springboot.annotations.BulkSubscribe;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Every topic there is, in batches. Raw: a batch of parsed events would not come at all if one of them were no JSON. No
 * dead-letter topic: what is not committed is given again.
 */
@RestController
@ForWorker("audit-log-service")
class AuditTopics {
    private static final Logger log = LoggerFactory.getLogger(AuditTopics.class);
    private static final String PUBSUB = "${tidings.pubsub}";
    private static final String RAW = "{\"rawPayload\": \"true\"}";
    /** Each may have 1 MiB, base64; the batch must fit in the heap. */
    private static final int MAX_BATCH = 20;
    /** Nobody waits for an entry; a larger batch is a cheaper one. */
    private static final int MAX_AWAIT_MS = 1_000;

    /** Twice what the topics of events take. */
    private static final int MAX_BYTES = 2 * 1024 * 1024;

    private static final int CHARS_AT_ONCE = 1024 * 1024;

    private final AuditTable table;
    private final MeterRegistry metrics;
    private final Clock clock;

    AuditTopics(AuditTable table, MeterRegistry metrics, Clock clock) {
        this.table = table;
        this.metrics = metrics;
        this.clock = clock;
    }

    record Statuses(List<EntryStatus> statuses) {}

    /** @param status {@code SUCCESS} or {@code RETRY} */
    record EntryStatus(@Nullable String entryId, String status) {}

    @Topic(name = "task-updates", pubsubName = PUBSUB, metadata = RAW)
    @BulkSubscribe(maxMessagesCount = MAX_BATCH, maxAwaitDurationMs = MAX_AWAIT_MS)
    @PostMapping("/events/task-updates")
    Statuses tasks(InputStream batch) {
        return recorded("task-updates", batch);
    }

    @Topic(name = "purchase-confirmed", pubsubName = PUBSUB, metadata = RAW)
    @BulkSubscribe(maxMessagesCount = MAX_BATCH, maxAwaitDurationMs = MAX_AWAIT_MS)
    @PostMapping("/events/purchase-confirmed")
    Statuses confirmedPurchases(InputStream batch) {
        return recorded("purchase-confirmed", batch);
    }

    @Topic(name = "purchase-created", pubsubName = PUBSUB, metadata = RAW)
    @BulkSubscribe(maxMessagesCount = MAX_BATCH, maxAwaitDurationMs = MAX_AWAIT_MS)
    @PostMapping("/events/purchase-created")
    Statuses createdPurchases(InputStream batch) {
        return recorded("purchase-created", batch);
    }

    @Topic(name = "trainer-allocated", pubsubName = PUBSUB, metadata = RAW)
    @BulkSubscribe(maxMessagesCount = MAX_BATCH, maxAwaitDurationMs = MAX_AWAIT_MS)
    @PostMapping("/events/trainer-allocated")
    Statuses allocatedTrainers(InputStream batch) {
        return recorded("trainer-allocated", batch);
    }

    @Topic(name = "sessions-generated", pubsubName = PUBSUB, metadata = RAW)
    @BulkSubscribe(maxMessagesCount = MAX_BATCH, maxAwaitDurationMs = MAX_AWAIT_MS)
    @PostMapping("/events/sessions-generated")
    Statuses generatedSessions(InputStream batch) {
        return recorded("sessions-generated", batch);
    }

    @Topic(name = "business-events", pubsubName = PUBSUB, metadata = RAW)
    @BulkSubscribe(maxMessagesCount = MAX_BATCH, maxAwaitDurationMs = MAX_AWAIT_MS)
    @PostMapping("/events/business-events")
    Statuses businessEvents(InputStream batch) {
        return recorded("business-events", batch);
    }

    @Topic(name = "order.created", pubsubName = PUBSUB, metadata = RAW)
    @BulkSubscribe(maxMessagesCount = MAX_BATCH, maxAwaitDurationMs = MAX_AWAIT_MS)
    @PostMapping("/events/order.created")
    Statuses createdOrders(InputStream batch) {
        return recorded("order.created", batch);
    }

    @Topic(name = "order.updated", pubsubName = PUBSUB, metadata = RAW)
    @BulkSubscribe(maxMessagesCount = MAX_BATCH, maxAwaitDurationMs = MAX_AWAIT_MS)
    @PostMapping("/events/order.updated")
    Statuses updatedOrders(InputStream batch) {
        return recorded("order.updated", batch);
    }

    @Topic(name = "order.cancelled", pubsubName = PUBSUB, metadata = RAW)
    @BulkSubscribe(maxMessagesCount = MAX_BATCH, maxAwaitDurationMs = MAX_AWAIT_MS)
    @PostMapping("/events/order.cancelled")
    Statuses cancelledOrders(InputStream batch) {
        return recorded("order.cancelled", batch);
    }

    @Topic(name = "notifications", pubsubName = PUBSUB, metadata = RAW)
    @BulkSubscribe(maxMessagesCount = MAX_BATCH, maxAwaitDurationMs = MAX_AWAIT_MS)
    @PostMapping("/events/notifications")
    Statuses notifications(InputStream batch) {
        return recorded("notifications", batch);
    }

    @Topic(name = "dead-letter-queue", pubsubName = PUBSUB, metadata = RAW)
    @BulkSubscribe(maxMessagesCount = MAX_BATCH, maxAwaitDurationMs = MAX_AWAIT_MS)
    @PostMapping("/events/dead-letter-queue")
    Statuses deadLetters(InputStream batch) {
        return recorded("dead-letter-queue", batch);
    }

    private Statuses recorded(String topic, InputStream batch) {
        Recording recording = new Recording(topic);
        BulkCallback.read(batch, topic, MAX_BYTES, recording::add);
        recording.flush();
        return new Statuses(recording.statuses);
    }

    /** One batch, written down some entries at a time: all of them at once may be more than the heap holds. */
    private final class Recording {
        private final String topic;
        private final Instant now = clock.instant();
        private final List<AuditEvent> events = new ArrayList<>();
        private final List<String> entryIds = new ArrayList<>();
        private final List<EntryStatus> statuses = new ArrayList<>();
        private int chars;

        Recording(String topic) {
            this.topic = topic;
        }

        void add(Entry entry) {
            AuditEvent event = AuditEvent.of(topic, entry.event(), now);
            events.add(event);
            entryIds.add(String.valueOf(entry.entryId()));
            chars += event.payload().length();
            if (chars > CHARS_AT_ONCE) {
                flush();
            }
        }

        /** An event that the log has already is left out, so what comes again after a failure does no harm. */
        void flush() {
            if (events.isEmpty()) {
                return;
            }
            String status = isWritten() ? "SUCCESS" : "RETRY";
            entryIds.forEach(id -> statuses.add(new EntryStatus(id, status)));
            events.clear();
            entryIds.clear();
            chars = 0;
        }

        private boolean isWritten() {
            try {
                table.append(events);
                metrics.counter("tidings.audit.recorded", "topic", topic).increment(events.size());
                return true;
            } catch (DataAccessException e) {
                log.warn("{} events of {} are left to the sidecar to repeat: {}", events.size(), topic, e.getMessage());
                return false;
            }
        }
    }
}
