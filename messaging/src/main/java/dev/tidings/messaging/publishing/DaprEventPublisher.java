package dev.tidings.messaging.publishing;

import io.dapr.client.DaprClient;
import io.dapr.client.domain.BulkPublishEntry;
import io.dapr.client.domain.BulkPublishRequest;
import io.dapr.client.domain.BulkPublishResponse;
import io.dapr.exceptions.DaprException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes through a Dapr sidecar, one bulk call for whatever is to be sent. */
public final class DaprEventPublisher implements EventPublisher {
    private static final Logger log = LoggerFactory.getLogger(DaprEventPublisher.class);

    private final DaprClient dapr;
    private final String pubsub;
    private final String source;
    private final Duration timeout;

    /**
     * @param pubsub name of the pub/sub component
     * @param source the CloudEvents' source: the app id
     * @param timeout for one call; the sidecar may go on a little longer, and then an event is on the bus twice
     */
    public DaprEventPublisher(DaprClient dapr, String pubsub, String source, Duration timeout) {
        this.dapr = dapr;
        this.pubsub = pubsub;
        this.source = source;
        this.timeout = timeout;
    }

    @Override
    public Outcome publish(String topic, List<OutgoingEvent> events) {
        List<BulkPublishEntry<byte[]>> entries = events.stream()
                .map(event -> new BulkPublishEntry<>(
                        event.id().toString(),
                        CloudEventJson.encode(event, source),
                        CloudEventJson.CONTENT_TYPE,
                        Map.of("partitionKey", event.key())))
                .toList();
        long start = System.nanoTime();
        try {
            BulkPublishResponse<byte[]> response = dapr.publishEvents(new BulkPublishRequest<>(pubsub, topic, entries))
                    .block(timeout);
            Map<UUID, String> refused = refused(response);
            log.info(
                    "Published to topic {}: {} event(s) in {} ms",
                    topic,
                    events.size() - refused.size(),
                    Duration.ofNanos(System.nanoTime() - start).toMillis());
            return refused.isEmpty() ? new Outcome.Published() : new Outcome.PartlyRefused(refused);
        } catch (DaprException e) {
            return isUnavailable(e) ? new Outcome.Unreachable(reason(e)) : new Outcome.Failed(reason(e));
        } catch (IllegalStateException e) {
            // The way in which block(timeout) tells that the time is over.
            return new Outcome.Failed("no answer from the sidecar within " + timeout.toMillis() + " ms");
        }
    }

    private static Map<UUID, String> refused(@Nullable BulkPublishResponse<byte[]> response) {
        if (response == null) {
            return Map.of();
        }
        return response.getFailedEntries().stream()
                .collect(Collectors.toMap(
                        failed -> UUID.fromString(failed.getEntry().getEntryId()),
                        failed -> String.valueOf(failed.getErrorMessage()),
                        (one, other) -> one));
    }

    private static boolean isUnavailable(DaprException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof StatusRuntimeException grpc) {
                return grpc.getStatus().getCode() == Status.Code.UNAVAILABLE;
            }
        }
        return false;
    }

    private static String reason(DaprException e) {
        return String.valueOf(e.getMessage());
    }
}
