package dev.tidings.backend.publishing;

import dev.tidings.messaging.outbox.Outbox;
import dev.tidings.messaging.outbox.OutboxRelay;
import dev.tidings.messaging.outbox.RelayLifecycle;
import dev.tidings.messaging.outbox.RelaySettings;
import dev.tidings.messaging.publishing.DaprEventPublisher;
import io.dapr.client.DaprClient;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class PublishingConfiguration {

    @Bean(destroyMethod = "close")
    DaprClient daprClient(SidecarProperties sidecar) {
        return sidecar.connection().open();
    }

    /** Closed by its lifecycle, before the data source. */
    @Bean(destroyMethod = "")
    OutboxRelay outboxRelay(
            DataSource dataSource,
            DaprClient dapr,
            SidecarProperties sidecar,
            OutboxProperties outbox,
            MeterRegistry registry,
            @Value("${spring.application.name}") String appId) {
        return new OutboxRelay(
                dataSource,
                new DaprEventPublisher(dapr, outbox.pubsub(), appId, sidecar.timeout()),
                RelaySettings.of(outbox.poll(), outbox.lease(), sidecar.timeout(), outbox.retention()),
                registry);
    }

    @Bean
    Outbox outbox(JdbcClient jdbc, OutboxRelay relay) {
        return new Outbox(jdbc, relay, TraceContextFilter::current);
    }

    @Bean
    FilterRegistrationBean<TraceContextFilter> traceContextFilter() {
        FilterRegistrationBean<TraceContextFilter> registration =
                new FilterRegistrationBean<>(new TraceContextFilter(new SecureRandom()));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    /** The first call to the sidecar takes some 400 ms: not at the cost of the first event. */
    @Bean
    RelayLifecycle outboxRelayLifecycle(OutboxRelay relay, DaprClient dapr) {
        return new RelayLifecycle(relay, () -> dapr.getMetadata().subscribe(metadata -> {}, absent -> {}));
    }
}
