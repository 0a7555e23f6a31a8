package dev.tidings.workers.audit;

import dev.tidings.events.EventType;
import dev.tidings.events.Topic;
import dev.tidings.sidecar.DeliveryResult;
import dev.tidings.sidecar.ReceivedEvent;
import dev.tidings.sidecar.Subscription;
import dev.tidings.sidecar.Subscriptions;
import dev.tidings.topology.App;
import dev.tidings.workers.runtime.ForWorker;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Subscribes to every topic, in batches and without a dead-letter topic: an event that is not committed is delivered again. */
@Configuration(proxyBeanMethods = false)
@ForWorker("audit-log-service")
class AuditConfiguration {
    /** An event may have 1 MiB, base64, and a batch must fit in the heap. */
    private static final int MAX_BATCH = 20;

    /** Nobody waits for an entry, and a larger batch is cheaper. */
    private static final Duration MAX_WAIT = Duration.ofSeconds(1);

    @Bean
    Subscriptions subscriptions(AuditTable table, MeterRegistry metrics) {
        List<Subscription> all = Arrays.stream(Topic.values())
                .map(topic -> Subscription.batches(topic.wireName(), MAX_BATCH, MAX_WAIT))
                .toList();
        return new Subscriptions(all, (topic, batch) -> record(table, metrics, topic, batch));
    }

    /** Events of other publishers, and records that are not events, count as business. */
    private static boolean isBusiness(ReceivedEvent event) {
        return event.fault() != null
                || !event.source().equals(App.BACKEND.id())
                || EventType.find(event.type()).map(EventType::isBusiness).orElse(true);
    }

    private static List<DeliveryResult> record(
            AuditTable table, MeterRegistry metrics, String topic, List<ReceivedEvent> batch) {
        table.append(batch.stream()
                .filter(AuditConfiguration::isBusiness)
                .map(AuditEvent::of)
                .toList());
        metrics.counter("tidings.audit.recorded", "topic", topic).increment(batch.size());
        return Collections.nCopies(batch.size(), DeliveryResult.SUCCESS);
    }
}
