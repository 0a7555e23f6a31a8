package dev.tidings.workers.runtime;

import dev.tidings.events.Topic;
import dev.tidings.messaging.inbox.Inbox;
import dev.tidings.sidecar.Subscription;
import dev.tidings.sidecar.Subscriptions;
import dev.tidings.topology.App;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
class RuntimeConfiguration {

    @Bean
    Dispatcher dispatcher(
            ObjectProvider<EventHandler<?>> handlers,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            Outage outage,
            WorkerSettings settings,
            MeterRegistry registry,
            Clock clock) {
        WorkerMetrics metrics = new WorkerMetrics(registry, clock);
        Failures failures = new Failures(jdbc, settings.worker(), metrics);
        return new Dispatcher(
                handlers.stream().toList(),
                new BatchProcessor(new Inbox(jdbc, settings.worker()), failures, transaction, outage, metrics),
                failures,
                metrics);
    }

    /** The topics of a worker with event handlers. A worker without them declares its own subscriptions. */
    @Bean
    @Conditional(HasEventHandlers.class)
    Subscriptions subscriptions(WorkerSettings settings, Dispatcher dispatcher) {
        return new Subscriptions(
                App.of(settings.worker()).consumedTopics().stream()
                        .map(topic -> new Subscription(
                                topic.wireName(),
                                settings.maxBatch(),
                                settings.maxAwait(topic.wireName()),
                                Topic.DEAD_LETTER_QUEUE.wireName()))
                        .toList(),
                dispatcher);
    }

    static final class HasEventHandlers implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            String worker = context.getEnvironment().getProperty("tidings.worker", "");
            return App.workers().stream()
                    .anyMatch(app ->
                            app.id().equals(worker) && !app.handledTypes().isEmpty());
        }
    }

    @Bean
    Outage outage(WorkerSettings settings) {
        return new Outage(settings.outageTimeout());
    }

    @Bean
    BackendSchema backendSchema(JdbcClient jdbc, WorkerSettings settings) {
        return new BackendSchema(jdbc, settings.needsMigration());
    }
}
