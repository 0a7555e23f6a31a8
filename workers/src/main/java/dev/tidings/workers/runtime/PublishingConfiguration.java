package dev.tidings.workers.runtime;

import dev.tidings.messaging.outbox.Outbox;
import dev.tidings.messaging.outbox.OutboxRelay;
import dev.tidings.messaging.outbox.RelayLifecycle;
import dev.tidings.messaging.outbox.RelaySettings;
import dev.tidings.messaging.publishing.DaprEventPublisher;
import io.dapr.client.DaprClient;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** For workers that publish: the outbox in their schema, and its relay. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("tidings.outbox.schema")
class PublishingConfiguration {

    /** Closed by its lifecycle, before the data source. */
    @Bean(destroyMethod = "")
    OutboxRelay outboxRelay(
            DataSource dataSource,
            DaprClient dapr,
            SidecarSettings sidecar,
            WorkerSettings settings,
            MeterRegistry registry,
            @Value("${tidings.pubsub}") String pubsub,
            @Value("${tidings.outbox.poll}") Duration poll,
            @Value("${tidings.outbox.lease}") Duration lease,
            @Value("${tidings.outbox.retention}") Duration retention) {
        return new OutboxRelay(
                dataSource,
                new DaprEventPublisher(dapr, pubsub, settings.worker(), sidecar.timeout()),
                RelaySettings.of(poll, lease, sidecar.timeout(), retention),
                registry);
    }

    @Bean
    Outbox outbox(JdbcClient jdbc, OutboxRelay relay) {
        return new Outbox(jdbc, relay, Trace::current);
    }

    /** The first call to the sidecar takes some 400 ms: not at the cost of the first event. */
    @Bean
    RelayLifecycle outboxRelayLifecycle(OutboxRelay relay, DaprClient dapr) {
        return new RelayLifecycle(relay, () -> dapr.getMetadata().subscribe(metadata -> {}, absent -> {}));
    }
}
