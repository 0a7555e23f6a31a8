package dev.tidings.backend.deadletters;

import dev.tidings.events.Topic;
import dev.tidings.messaging.callback.BulkCallback;
import dev.tidings.messaging.callback.BulkCallback.Entry;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * What the sidecar asks and posts. The subscription has no dead-letter topic of its own: what is not stored comes again, for ever.
 * So it takes raw payloads in bulk, which the sidecar can hand over whatever a record holds, and there is no letter that cannot be
 * stored.
 */
@RestController
class DeadLetterCallback {
    private static final Logger log = LoggerFactory.getLogger(DeadLetterCallback.class);
    private static final String TOPIC = Topic.DEAD_LETTER_QUEUE.wireName();
    private static final String PATH = "/dapr/events/dead-letter-queue";
    /** Twice what the topics of events take. */
    private static final int MAX_BYTES = 2 * 1024 * 1024;
    /** A letter has 8 MiB at most, and the sidecar holds a batch several times. */
    private static final int MAX_BATCH = 8;

    private static final int MAX_AWAIT_MS = 50;

    private final DeadLetters deadLetters;
    private final String pubsub;

    DeadLetterCallback(DeadLetters deadLetters, @Value("${tidings.outbox.pubsub}") String pubsub) {
        this.deadLetters = deadLetters;
        this.pubsub = pubsub;
    }

    record Subscription(
            String pubsubname, String topic, String route, Map<String, String> metadata, BulkSubscribe bulkSubscribe) {}

    record BulkSubscribe(boolean enabled, int maxMessagesCount, int maxAwaitDurationMs) {}

    record Statuses(List<EntryStatus> statuses) {}

    /** @param status {@code SUCCESS} or {@code RETRY} */
    record EntryStatus(@Nullable String entryId, String status) {}

    @GetMapping("/dapr/subscribe")
    List<Subscription> subscriptions() {
        return List.of(new Subscription(
                pubsub, TOPIC, PATH, Map.of("rawPayload", "true"), new BulkSubscribe(true, MAX_BATCH, MAX_AWAIT_MS)));
    }

    @PostMapping(PATH)
    Statuses deadLetters(InputStream batch) {
        List<EntryStatus> statuses = new ArrayList<>();
        BulkCallback.read(
                batch,
                TOPIC,
                MAX_BYTES,
                entry -> statuses.add(new EntryStatus(entry.entryId(), isStored(entry) ? "SUCCESS" : "RETRY")));
        return new Statuses(statuses);
    }

    private boolean isStored(Entry entry) {
        try {
            store(entry);
            return true;
        } catch (DataAccessException | TransactionException e) {
            log.warn("A dead letter is left to the sidecar to repeat: {}", e.getMessage());
            return false;
        }
    }

    private void store(Entry entry) {
        try {
            deadLetters.receive(ArrivalReader.read(entry.event(), entry.key(), entry.forwardedFrom()));
        } catch (DataIntegrityViolationException e) {
            log.error("A dead letter has something that the database does not take; only its bytes are kept", e);
            deadLetters.receive(ArrivalReader.unread(entry.event()));
        }
    }
}
