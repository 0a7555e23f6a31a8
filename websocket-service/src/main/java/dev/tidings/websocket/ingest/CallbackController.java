package dev.tidings.websocket.ingest;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.tidings.messaging.callback.BulkCallback;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * What the sidecar asks and posts. The SDK's own {@code /dapr/subscribe} lists annotated methods of the whole JVM, while
 * ours come from the routing table; so that SDK module is not used here.
 */
@RestController
class CallbackController {
    static final String EVENTS = "/dapr/events/";

    private static final Logger log = LoggerFactory.getLogger(CallbackController.class);

    record Subscribed(
            @JsonProperty("pubsubname") String pubsubName,
            String topic,
            Map<String, String> routes,
            Map<String, String> metadata,
            BulkSubscribe bulkSubscribe) {}

    record BulkSubscribe(boolean enabled, int maxMessagesCount, long maxAwaitDurationMs) {}

    enum Status {
        SUCCESS,
        RETRY
    }

    record Statuses(List<EntryStatus> statuses) {}

    record EntryStatus(@Nullable String entryId, Status status) {}

    /** Twice what a topic takes. */
    private static final int MAX_BYTES = 2 * 1024 * 1024;

    private final RoutingTable routes;
    private final IngestSettings settings;
    private final Ingest ingest;
    private final AtomicBoolean announced = new AtomicBoolean();

    CallbackController(RoutingTable routes, IngestSettings settings, Ingest ingest) {
        this.routes = routes;
        this.settings = settings;
        this.ingest = ingest;
    }

    @GetMapping("/dapr/subscribe")
    List<Subscribed> subscriptions() {
        if (announced.compareAndSet(false, true)) {
            log.info("Subscribed to Kafka topics: {}", routes.topics());
        }
        return routes.all().stream()
                .map(route -> new Subscribed(
                        settings.pubsub(),
                        route.topic(),
                        Map.of("default", EVENTS + route.topic()),
                        Map.of("rawPayload", "true"),
                        new BulkSubscribe(
                                true, settings.maxBatch(), settings.maxAwait().toMillis())))
                .toList();
    }

    @PostMapping(EVENTS + "{topic}")
    Statuses events(@PathVariable String topic, InputStream batch) {
        Route route = routes.of(topic)
                .orElseThrow(() -> new ResponseStatusException(
                        HttpStatus.SERVICE_UNAVAILABLE, "no route for topic " + topic + ": see tidings.routes"));
        List<String> entryIds = new ArrayList<>();
        List<byte[]> events = new ArrayList<>();
        BulkCallback.read(batch, topic, MAX_BYTES, entry -> {
            entryIds.add(String.valueOf(entry.entryId()));
            events.add(entry.event());
        });
        Status status = take(route, events) ? Status.SUCCESS : Status.RETRY;
        return new Statuses(
                entryIds.stream().map(id -> new EntryStatus(id, status)).toList());
    }

    /** Whether the batch is committed. */
    private boolean take(Route route, List<byte[]> events) {
        try {
            ingest.take(route, events);
            return true;
        } catch (DataAccessException e) {
            log.warn(
                    "A batch of {} events of {} is left to the sidecar to repeat: {}",
                    events.size(),
                    route.topic(),
                    e.getMessage());
            return false;
        } catch (RuntimeException e) {
            log.error(
                    "A bug stops a batch of {} events of {}; the sidecar repeats it", events.size(), route.topic(), e);
            return false;
        }
    }
}
