package dev.tidings.sidecar;

import dev.tidings.edge.problems.ProblemWriter;
import dev.tidings.sidecar.tracing.EventSpans;
import dev.tidings.topology.ServiceCall;
import io.dapr.client.DaprClient;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;

/** Connects a service to its sidecar; the package's manual lists the beans. */
@AutoConfiguration
@EnableConfigurationProperties(SidecarSettings.class)
class SidecarAutoConfiguration {
    private static final String APP_ID = "${spring.application.name}";
    private static final Logger log = LoggerFactory.getLogger(SidecarAutoConfiguration.class);

    @Bean(destroyMethod = "close")
    @Lazy
    DaprClient daprClient(SidecarSettings settings) {
        return settings.connect();
    }

    @Bean
    @Lazy
    EventPublisher eventPublisher(
            DaprClient dapr, SidecarSettings settings, @Value(APP_ID) String appId, EventSpans spans) {
        EventPublisher publisher = new DaprEventPublisher(dapr, settings.pubsub(), appId, settings.timeout());
        return spans.isOn() ? new TracedPublisher(publisher, spans) : publisher;
    }

    @Bean
    ServiceInvocation serviceInvocation(SidecarSettings settings) {
        return new ServiceInvocation(settings);
    }

    @Bean
    SidecarProbe sidecarProbe(SidecarSettings settings) {
        return new SidecarProbe(settings);
    }

    @Bean
    HealthIndicator sidecarHealthIndicator(SidecarProbe sidecar) {
        return () -> {
            String complaint = sidecar.complaint();
            return complaint.isEmpty()
                    ? Health.up().build()
                    : Health.down().withDetail("reason", complaint).build();
        };
    }

    @Bean
    SidecarCalls sidecarCalls(SidecarSettings settings, Environment environment) {
        if (settings.appToken().isBlank()) {
            if (environment.acceptsProfiles(Profiles.of("production"))) {
                throw new IllegalStateException(
                        "APP_API_TOKEN is not set: the service and its sidecar need the same random text");
            }
            log.warn("APP_API_TOKEN is not set: every request of the sidecar is refused");
        }
        return new SidecarCalls(settings.appToken());
    }

    @Bean
    FilterRegistrationBean<InvocationFilter> invocationFilter(
            SidecarCalls calls, @Value(APP_ID) String appId, ProblemWriter problems) {
        List<ServiceCall> allowed = ServiceCall.all().stream()
                .filter(call -> call.callee().id().equals(appId))
                .toList();
        var registration = new FilterRegistrationBean<>(new InvocationFilter(calls, allowed, problems));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    /** The list of subscriptions is not secret, so only the events are guarded. */
    @Bean
    FilterRegistrationBean<CallbackTokenFilter> callbackTokenFilter(SidecarCalls calls, ProblemWriter problems) {
        var registration = new FilterRegistrationBean<>(new CallbackTokenFilter(calls, problems));
        registration.addUrlPatterns(EventCallbackController.EVENTS + "*");
        return registration;
    }

    /** Only for requests of users: an event has a trace context of its own. */
    @Bean
    FilterRegistrationBean<TraceContextFilter> traceContextFilter(SidecarCalls calls, EventSpans spans) {
        var registration = new FilterRegistrationBean<>(new TraceContextFilter(new SecureRandom(), calls, spans));
        registration.addUrlPatterns("/api/*");
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    @Bean
    @ConditionalOnBean(Subscriptions.class)
    EventCallbackController eventCallbackController(
            Subscriptions subscriptions,
            ObjectProvider<DaprClient> dapr,
            SidecarSettings settings,
            InstantSource clock,
            EventSpans spans) {
        return new EventCallbackController(
                subscriptions,
                new DaprDeadLetterPublisher(dapr::getObject, settings.pubsub(), settings.timeout()),
                settings.pubsub(),
                clock,
                spans);
    }
}
