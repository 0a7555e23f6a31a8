package dev.tidings.websocket.ingest;

import dev.tidings.sidecar.Subscription;
import dev.tidings.sidecar.Subscriptions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class IngestConfiguration {
    /** The topics of the routing table. There is no dead-letter topic, so no event that a client should receive ends in one. */
    @Bean
    Subscriptions subscriptions(RoutingTable routes, IngestSettings settings, Ingest ingest) {
        return new Subscriptions(
                routes.all().stream()
                        .map(route -> Subscription.batches(
                                route.topic(), settings.maxBatch(), settings.maxAwait(route.topic())))
                        .toList(),
                ingest);
    }
}
