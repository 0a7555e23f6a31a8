package dev.tidings.workers.audit;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.tidings.workers.runtime.ForWorker;
import io.dapr.Topic;
import io.dapr.springboot.annotations.BulkSubscribe;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
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
    private static final int MAX_BATCH = 200;
    /** Nobody waits for an entry; a larger batch is a cheaper one. */
    private static final int MAX_AWAIT_MS = 1_000;

    private final AuditTable table;
    private final MeterRegistry metrics;
    private final Clock clock;

    AuditTopics(AuditTable table, MeterRegistry metrics, Clock clock) {
        this.table = table;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** What the sidecar posts; the rest of it repeats the topic. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Batch(@Nullable List<Entry> entries) {}

    /** @param event base64 of the raw payload */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Entry(@Nullable String entryId, @Nullable String event) {}

    record Statuses(List<EntryStatus> statuses) {}

    /** @param status {@code SUCCESS} or {@code RETRY} */
    record EntryStatus(@Nullable String entryId, String status) {}

    @Topic(name = "task-updates", pubsubName = PUBSUB, metadata = RAW)
    @BulkSubscribe(maxMessagesCount = MAX_BATCH, maxAwaitDurationMs = MAX_AWAIT_MS)
    @PostMapping("/events/task-updates")
    Statuses tasks(@RequestBody Batch batch) {
        return recorded("task-updates", batch);
    }

    @Topic(name = "purchase-confirmed", pubsubName = PUBSUB, metadata = RAW)
    @BulkSubscribe(maxMessagesCount = MAX_BATCH, maxAwaitDurationMs = MAX_AWAIT_MS)
    @PostMapping("/events/purchase-confirmed")
    Statuses confirmedPurchases(@RequestBody Batch batch) {
        return recorded("purchase-confirmed", batch);
    }

    @Topic(name = "purchase-created", pubsubName = PUBSUB, metadata = RAW)
    @BulkSubscribe(maxMessagesCount = MAX_BATCH, maxAwaitDurationMs = MAX_AWAIT_MS)
    @PostMapping("/events/purchase-created")
    Statuses createdPurchases(@RequestBody Batch batch) {
        return recorded("purchase-created", batch);
    }

    @Topic(name = "trainer-allocated", pubsubName = PUBSUB, metadata = RAW)
    @BulkSubscribe(maxMessagesCount = MAX_BATCH, maxAwaitDurationMs = MAX_AWAIT_MS)
    @PostMapping("/events/trainer-allocated")
    Statuses allocatedTrainers(@RequestBody Batch batch) {
        return recorded("trainer-allocated", batch);
    }

    @Topic(name = "sessions-generated", pubsubName = PUBSUB, metadata = RAW)
    @BulkSubscribe(maxMessagesCount = MAX_BATCH, maxAwaitDurationMs = MAX_AWAIT_MS)
    @PostMapping("/events/sessions-generated")
    Statuses generatedSessions(@RequestBody Batch batch) {
        return recorded("sessions-generated", batch);
    }

    @Topic(name = "business-events", pubsubName = PUBSUB, metadata = RAW)
    @BulkSubscribe(maxMessagesCount = MAX_BATCH, maxAwaitDurationMs = MAX_AWAIT_MS)
    @PostMapping("/events/business-events")
    Statuses businessEvents(@RequestBody Batch batch) {
        return recorded("business-events", batch);
    }

    @Topic(name = "order.created", pubsubName = PUBSUB, metadata = RAW)
    @BulkSubscribe(maxMessagesCount = MAX_BATCH, maxAwaitDurationMs = MAX_AWAIT_MS)
    @PostMapping("/events/order.created")
    Statuses createdOrders(@RequestBody Batch batch) {
        return recorded("order.created", batch);
    }

    @Topic(name = "order.updated", pubsubName = PUBSUB, metadata = RAW)
    @BulkSubscribe(maxMessagesCount = MAX_BATCH, maxAwaitDurationMs = MAX_AWAIT_MS)
    @PostMapping("/events/order.updated")
    Statuses updatedOrders(@RequestBody Batch batch) {
        return recorded("order.updated", batch);
    }

    @Topic(name = "order.cancelled", pubsubName = PUBSUB, metadata = RAW)
    @BulkSubscribe(maxMessagesCount = MAX_BATCH, maxAwaitDurationMs = MAX_AWAIT_MS)
    @PostMapping("/events/order.cancelled")
    Statuses cancelledOrders(@RequestBody Batch batch) {
        return recorded("order.cancelled", batch);
    }

    @Topic(name = "notifications", pubsubName = PUBSUB, metadata = RAW)
    @BulkSubscribe(maxMessagesCount = MAX_BATCH, maxAwaitDurationMs = MAX_AWAIT_MS)
    @PostMapping("/events/notifications")
    Statuses notifications(@RequestBody Batch batch) {
        return recorded("notifications", batch);
    }

    @Topic(name = "dead-letter-queue", pubsubName = PUBSUB, metadata = RAW)
    @BulkSubscribe(maxMessagesCount = MAX_BATCH, maxAwaitDurationMs = MAX_AWAIT_MS)
    @PostMapping("/events/dead-letter-queue")
    Statuses deadLetters(@RequestBody Batch batch) {
        return recorded("dead-letter-queue", batch);
    }

    private Statuses recorded(String topic, Batch batch) {
        List<Entry> entries = batch.entries() == null ? List.of() : batch.entries();
        String status = isRecorded(topic, entries) ? "SUCCESS" : "RETRY";
        return new Statuses(entries.stream()
                .map(entry -> new EntryStatus(entry.entryId(), status))
                .toList());
    }

    private boolean isRecorded(String topic, List<Entry> entries) {
        Instant now = clock.instant();
        try {
            table.append(entries.stream()
                    .map(entry -> AuditEvent.of(topic, bytes(entry), now))
                    .toList());
            metrics.counter("tidings.audit.recorded", "topic", topic).increment(entries.size());
            return true;
        } catch (DataAccessException e) {
            log.warn("{} events of {} are left to the sidecar to repeat: {}", entries.size(), topic, e.getMessage());
            return false;
        }
    }

    private static byte[] bytes(Entry entry) {
        return entry.event() == null ? new byte[0] : Base64.getDecoder().decode(entry.event());
    }
}
