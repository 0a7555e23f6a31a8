package dev.tidings.messaging.outbox;

import dev.tidings.sidecar.EventPublisher;
import dev.tidings.sidecar.SidecarSettings;
import dev.tidings.sidecar.TraceContext;
import io.micrometer.core.instrument.MeterRegistry;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Gives a service that publishes events its outbox and its relay. */
@AutoConfiguration
@ConditionalOnProperty("tidings.outbox.schema")
@EnableConfigurationProperties(OutboxSettings.class)
class OutboxAutoConfiguration {

    /** The lifecycle closes it, before the data source. */
    @Bean(destroyMethod = "")
    OutboxRelay outboxRelay(
            DataSource dataSource,
            EventPublisher publisher,
            OutboxSettings outbox,
            SidecarSettings sidecar,
            MeterRegistry registry) {
        return new OutboxRelay(
                dataSource,
                publisher,
                RelaySettings.of(outbox.poll(), outbox.lease(), sidecar.timeout(), outbox.retention()),
                registry);
    }

    @Bean
    Outbox outbox(JdbcClient jdbc, OutboxRelay relay) {
        return new Outbox(jdbc, relay, TraceContext::current);
    }

    @Bean
    RelayLifecycle outboxRelayLifecycle(OutboxRelay relay, EventPublisher publisher) {
        return new RelayLifecycle(relay, publisher::connect);
    }

    @Bean
    OutboxHealthIndicator outboxHealthIndicator(OutboxRelay relay) {
        return new OutboxHealthIndicator(relay);
    }
}
