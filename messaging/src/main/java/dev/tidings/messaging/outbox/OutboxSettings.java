package dev.tidings.messaging.outbox;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The outbox of a service.
 *
 * @param schema the schema of its tables; a service without this setting has no outbox
 * @param poll how often the relay looks for events, in case that a wake-up was lost
 * @param lease how long the keys of a relay that has died wait for another one
 * @param retention how long published events are kept for diagnosis
 */
@ConfigurationProperties("tidings.outbox")
record OutboxSettings(
        String schema,
        @DefaultValue("1s") Duration poll,
        @DefaultValue("9s") Duration lease,
        @DefaultValue("6h") Duration retention) {}
