package dev.tidings.sidecar;

import io.dapr.client.DaprClient;
import io.dapr.client.domain.PublishEventRequest;
import io.dapr.exceptions.DaprException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes dead letters through the Dapr sidecar. */
final class DaprDeadLetterPublisher implements DeadLetterPublisher {
    private static final Logger log = LoggerFactory.getLogger(DaprDeadLetterPublisher.class);

    private final Supplier<DaprClient> dapr;
    private final String pubsub;
    private final Duration timeout;

    /** @param dapr is asked for the client at the first dead letter */
    DaprDeadLetterPublisher(Supplier<DaprClient> dapr, String pubsub, Duration timeout) {
        this.dapr = dapr;
        this.pubsub = pubsub;
        this.timeout = timeout;
    }

    @Override
    public boolean publish(String deadLetterTopic, ReceivedEvent event) {
        Map<String, String> metadata = new HashMap<>(Map.of("rawPayload", "true", RecordKey.TOPIC, event.topic()));
        if (event.key() != null) {
            metadata.put(RecordKey.HEADER, RecordKey.header(event.key()));
        }
        try {
            dapr.get()
                    .publishEvent(new PublishEventRequest(pubsub, deadLetterTopic, event.bytes())
                            .setContentType("application/octet-stream")
                            .setMetadata(metadata))
                    .block(timeout);
            return true;
        } catch (DaprException | IllegalStateException e) {
            // block(timeout) throws an IllegalStateException when the time is over.
            log.warn(
                    "The dead letter of {} event {} cannot be published; the sidecar delivers the event again: {}",
                    event.type(),
                    event.id(),
                    e.getMessage());
            return false;
        }
    }
}
