package dev.tidings.backend.publishing;

import dev.tidings.messaging.outbox.Outbox;
import dev.tidings.messaging.outbox.OutboxRelay;
import dev.tidings.messaging.outbox.RelaySettings;
import dev.tidings.messaging.publishing.DaprEventPublisher;
import io.dapr.client.DaprClient;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.SmartLifecycle;
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

    @Bean
    SmartLifecycle outboxRelayLifecycle(OutboxRelay relay, DaprClient dapr) {
        return new SmartLifecycle() {
            private volatile boolean running;

            @Override
            public void start() {
                relay.start();
                running = true;
                // The first call loads classes and opens the channel for some 400 ms: not at the cost of the first
                // event.
                dapr.getMetadata().subscribe(metadata -> {}, absent -> {});
            }

            @Override
            public void stop() {
                running = false;
                relay.close();
            }

            @Override
            public boolean isRunning() {
                return running;
            }

            /** Below the web server's: started before it, stopped after it. */
            @Override
            public int getPhase() {
                return 0;
            }
        };
    }
}
