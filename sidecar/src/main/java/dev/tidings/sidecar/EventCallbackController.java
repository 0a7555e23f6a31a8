package dev.tidings.sidecar;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.tidings.edge.problems.Problems;
import dev.tidings.sidecar.DeliveryResult.DeliveryStatus;
import dev.tidings.sidecar.tracing.EventSpans;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * Answers the requests of the sidecar: the list of subscriptions and the events of all topics. The SDK's controller would list the
 * annotated methods of the whole JVM; here the list is a bean.
 */
@RestController
final class EventCallbackController {
    static final String EVENTS = "/events/";

    private static final Logger log = LoggerFactory.getLogger(EventCallbackController.class);

    private final Subscriptions subscriptions;
    private final DeadLetterPublisher deadLetters;
    private final String pubsub;
    private final InstantSource clock;
    private final EventBatchHandler handler;
    private final AtomicBoolean announced = new AtomicBoolean();

    EventCallbackController(
            Subscriptions subscriptions,
            DeadLetterPublisher deadLetters,
            String pubsub,
            InstantSource clock,
            EventSpans spans) {
        this.subscriptions = subscriptions;
        this.deadLetters = deadLetters;
        this.pubsub = pubsub;
        this.clock = clock;
        this.handler = spans.isOn() ? new TracedHandler(subscriptions.handler(), spans) : subscriptions.handler();
    }

    /** A subscription as Dapr reads it. */
    record Subscribed(
            @JsonProperty("pubsubname") String pubsubName,
            String topic,
            Map<String, String> routes,
            Map<String, String> metadata,
            BulkSubscribe bulkSubscribe) {}

    record BulkSubscribe(boolean enabled, int maxMessagesCount, long maxAwaitDurationMs) {}

    record BulkAnswer(List<EntryAnswer> statuses) {}

    record EntryAnswer(
            @Nullable String entryId, @JsonUnwrapped DeliveryResult result) {}

    @GetMapping("/dapr/subscribe")
    List<Subscribed> subscriptions() {
        if (announced.compareAndSet(false, true)) {
            log.info(
                    "Subscribed to Kafka topics: {}",
                    subscriptions.all().stream().map(Subscription::topic).collect(Collectors.joining(", ")));
        }
        return subscriptions.all().stream().map(this::subscribed).toList();
    }

    /** Returns an empty configuration: the sidecar asks every app for its actors at its start, and no app of Tidings has any. */
    @GetMapping("/dapr/config")
    Map<String, Object> configuration() {
        return Map.of();
    }

    /** The sidecar does not know the dead-letter topic, see {@link Subscription}. */
    private Subscribed subscribed(Subscription subscription) {
        return new Subscribed(
                pubsub,
                subscription.topic(),
                Map.of("default", subscription.path()),
                Map.of("rawPayload", "true"),
                new BulkSubscribe(
                        true, subscription.maxEvents(), subscription.maxWait().toMillis()));
    }

    @PostMapping(EVENTS + "{topic}")
    BulkAnswer receive(@PathVariable String topic, InputStream body) {
        BulkDelivery batch = new BulkDelivery(subscription(topic));
        BulkBody.read(body, topic, CloudEventReader.MAX_BYTES, batch::add);
        return batch.answer();
    }

    /** Receives one event as a CloudEvent: a replay. Its caller reads the result, so it becomes no dead letter again. */
    @PostMapping(path = EVENTS + "{topic}", consumes = CloudEventWriter.CONTENT_TYPE)
    DeliveryResult replay(
            @PathVariable String topic,
            @RequestHeader(name = RecordKey.HEADER, required = false) @Nullable String key,
            InputStream body)
            throws IOException {
        subscription(topic);
        byte[] bytes = body.readNBytes(CloudEventReader.MAX_BYTES + 1);
        if (!handler.takes(topic, CloudEventReader.typeOf(bytes))) {
            return DeliveryResult.SUCCESS;
        }
        ReceivedEvent event = CloudEventReader.read(topic, bytes, RecordKey.text(key), null, clock.instant());
        return handle(topic, List.of(event)).getFirst();
    }

    private Subscription subscription(String topic) {
        // 404 would make the sidecar drop the events.
        return subscriptions
                .of(topic)
                .orElseThrow(() -> Problems.refused(
                        HttpStatus.SERVICE_UNAVAILABLE, "this service does not subscribe to topic " + topic));
    }

    private List<DeliveryResult> handle(String topic, List<ReceivedEvent> events) {
        String reason;
        try {
            List<DeliveryResult> results = handler.handle(topic, events);
            if (results.size() == events.size()) {
                return results;
            }
            throw new IllegalStateException("%d results for %d events".formatted(results.size(), events.size()));
        } catch (DataAccessException | TransactionException e) {
            reason = "the database does not answer";
            log.warn(
                    "{} event(s) of {} are not committed: {}; the sidecar delivers them again",
                    events.size(),
                    topic,
                    e.getMessage());
        } catch (RuntimeException e) {
            reason = "a bug: " + e;
            log.error("A bug stops {} event(s) of {}; the sidecar delivers them again", events.size(), topic, e);
        }
        return Collections.nCopies(events.size(), DeliveryResult.retry(reason));
    }

    /** A bulk delivery, handled in parts so that its parsed events do not all stand in memory at once. */
    private final class BulkDelivery {
        private final Subscription subscription;
        private final List<@Nullable String> entryIds = new ArrayList<>();
        private final List<DeliveryResult> results = new ArrayList<>();
        private List<ReceivedEvent> part = new ArrayList<>();
        private List<Integer> partIndexes = new ArrayList<>();
        private int bytes;
        private boolean stopped;

        BulkDelivery(Subscription subscription) {
            this.subscription = subscription;
        }

        void add(BulkBody.Entry entry) {
            String topic = subscription.topic();
            entryIds.add(entry.entryId());
            results.add(DeliveryResult.SUCCESS);
            if (!handler.takes(topic, CloudEventReader.typeOf(entry.event()))) {
                return;
            }
            partIndexes.add(results.size() - 1);
            part.add(CloudEventReader.read(topic, entry.event(), entry.key(), entry.forwardedFrom(), clock.instant()));
            bytes += entry.event().length;
            if (bytes > CloudEventReader.MAX_BYTES) {
                handlePart();
            }
        }

        BulkAnswer answer() {
            handlePart();
            List<EntryAnswer> answers = new ArrayList<>(results.size());
            for (int i = 0; i < results.size(); i++) {
                answers.add(new EntryAnswer(entryIds.get(i), results.get(i)));
            }
            return new BulkAnswer(answers);
        }

        /** After an event that is retried no later part is handled, since events of one key keep their order. */
        private void handlePart() {
            if (part.isEmpty()) {
                return;
            }
            List<DeliveryResult> answers = stopped
                    ? Collections.nCopies(part.size(), DeliveryResult.retry("an earlier event of the batch is retried"))
                    : handle(subscription.topic(), part);
            for (int i = 0; i < answers.size(); i++) {
                DeliveryResult answer = settled(part.get(i), answers.get(i));
                stopped |= answer.status() == DeliveryStatus.RETRY;
                results.set(partIndexes.get(i), answer);
            }
            part = new ArrayList<>();
            partIndexes = new ArrayList<>();
            bytes = 0;
        }

        /** Publishes the dead letter of an event that is given up. */
        private DeliveryResult settled(ReceivedEvent event, DeliveryResult result) {
            String deadLetterTopic = subscription.deadLetterTopic();
            if (result.status() != DeliveryStatus.DROP || deadLetterTopic == null) {
                return result;
            }
            return deadLetters.publish(deadLetterTopic, event)
                    ? DeliveryResult.SUCCESS
                    : DeliveryResult.retry("its dead letter cannot be published");
        }
    }
}
