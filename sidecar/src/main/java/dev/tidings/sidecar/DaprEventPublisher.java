package dev.tidings.sidecar;

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

/** Publishes through the Dapr sidecar, all events of a call in one bulk request. */
public final class DaprEventPublisher implements EventPublisher {
    private static final Logger log = LoggerFactory.getLogger(DaprEventPublisher.class);

    private final DaprClient dapr;
    private final String pubsub;
    private final String source;
    private final Duration timeout;

    /**
     * @param pubsub the name of the pub/sub component
     * @param source the source of the CloudEvents: the app id
     * @param timeout the limit of one call; the sidecar may finish a call after it, and the event is then published twice
     */
    public DaprEventPublisher(DaprClient dapr, String pubsub, String source, Duration timeout) {
        this.dapr = dapr;
        this.pubsub = pubsub;
        this.source = source;
        this.timeout = timeout;
    }

    @Override
    public void connect() {
        dapr.getMetadata().subscribe(metadata -> {}, absent -> {});
    }

    @Override
    public PublishResult publish(String topic, List<OutgoingEvent> events) {
        List<BulkPublishEntry<byte[]>> entries = events.stream()
                .map(event -> new BulkPublishEntry<>(
                        event.id().toString(),
                        CloudEventWriter.encode(event, source),
                        CloudEventWriter.CONTENT_TYPE,
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
            return refused.isEmpty() ? new PublishResult.Published() : new PublishResult.PartlyRefused(refused);
        } catch (DaprException e) {
            return isUnavailable(e)
                    ? new PublishResult.SidecarUnreachable(reason(e))
                    : new PublishResult.PublishFailed(reason(e));
        } catch (IllegalStateException e) {
            // block(timeout) throws it when the time is over.
            return new PublishResult.PublishFailed("no answer from the sidecar within " + timeout.toMillis() + " ms");
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
