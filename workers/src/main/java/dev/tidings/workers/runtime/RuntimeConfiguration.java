package dev.tidings.workers.runtime;

import dev.tidings.messaging.callback.CallbackTokenFilter;
import dev.tidings.messaging.callback.InvocationFilter;
import dev.tidings.messaging.callback.InvocationFilter.Allowed;
import dev.tidings.messaging.inbox.Inbox;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
class RuntimeConfiguration {

    @Bean
    Intake intake(
            ObjectProvider<EventHandler<?>> handlers,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            Outage outage,
            WorkerSettings settings,
            MeterRegistry registry,
            Clock clock) {
        return new Intake(
                handlers.stream().toList(),
                new Inbox(jdbc, settings.worker()),
                new Failures(jdbc, settings.worker()),
                transaction,
                outage,
                new WorkerMetrics(registry, clock),
                clock);
    }

    @Bean
    Outage outage(WorkerSettings settings) {
        return new Outage(settings.outagePatience());
    }

    @Bean
    BackendSchema backendSchema(JdbcClient jdbc, WorkerSettings settings) {
        return new BackendSchema(jdbc, settings.needsMigration());
    }

    /** The list of subscriptions is no secret. The SDK opens paths for actors, which nobody here is. */
    @Bean
    FilterRegistrationBean<CallbackTokenFilter> callbackTokenFilter(WorkerSettings settings) {
        var registration = new FilterRegistrationBean<>(new CallbackTokenFilter(settings.appToken()));
        registration.addUrlPatterns("/events/*", "/actors/*");
        return registration;
    }

    /**
     * The backend replays dead letters (ADR 0010). Whoever is added here needs a line in dapr-components/access-control.yaml too;
     * a test compares them.
     */
    @Bean
    FilterRegistrationBean<InvocationFilter> invocationFilter(WorkerSettings settings) {
        var registration = new FilterRegistrationBean<>(
                new InvocationFilter(settings.appToken(), List.of(Allowed.of("backend", "POST", "/events/[a-z.-]+"))));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }
}
