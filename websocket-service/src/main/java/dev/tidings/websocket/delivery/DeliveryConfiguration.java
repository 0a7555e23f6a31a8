package dev.tidings.websocket.delivery;

import dev.tidings.retry.Backoff;
import dev.tidings.sidecar.tracing.EventSpans;
import dev.tidings.websocket.stream.EventLog;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DeliverySettings.class)
class DeliveryConfiguration {
    private static final Backoff READ_BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofMillis(6_400));

    @Bean
    DeliveryMetrics deliveryMetrics(MeterRegistry registry, EventSpans spans) {
        return new DeliveryMetrics(registry, spans);
    }

    @Bean
    CatchUp catchUp(EventLog eventLog, DeliverySettings settings, DeliveryMetrics metrics) {
        return new CatchUp(eventLog, settings, READ_BACKOFF, metrics);
    }

    @Bean
    ConnectionHub connectionHub(
            EventLog eventLog,
            Registry registry,
            CatchUp catchUp,
            DeliverySettings settings,
            DeliveryMetrics metrics,
            Environment environment,
            Clock clock) {
        return new ConnectionHub(eventLog, registry, catchUp, settings, metrics, SentLogLines.of(environment), clock);
    }

    @Bean(initMethod = "start")
    Sweep sweep(ConnectionHub hub, EventLog eventLog, DeliverySettings settings, DeliveryMetrics metrics) {
        return new Sweep(hub, eventLog, settings, metrics);
    }

    @Bean
    ConnectionDrain drain(ConnectionHub hub, DeliverySettings settings, ApplicationEventPublisher events) {
        return new ConnectionDrain(hub, settings, events);
    }
}
