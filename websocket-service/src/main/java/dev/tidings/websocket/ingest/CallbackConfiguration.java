package dev.tidings.websocket.ingest;

import dev.tidings.messaging.callback.CallbackTokenFilter;
import dev.tidings.messaging.callback.InvocationFilter;
import dev.tidings.messaging.callback.InvocationFilter.Allowed;
import dev.tidings.websocket.sidecar.SidecarSettings;
import java.util.List;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

@Configuration(proxyBeanMethods = false)
class CallbackConfiguration {
    /** The list of subscriptions is no secret, so only the events are guarded. */
    @Bean
    FilterRegistrationBean<CallbackTokenFilter> callbackTokenFilter(SidecarSettings sidecar) {
        var registration = new FilterRegistrationBean<>(new CallbackTokenFilter(sidecar.appToken()));
        registration.addUrlPatterns(CallbackController.EVENTS + "*");
        return registration;
    }

    /** Whoever is added here needs a line in dapr-components/access-control.yaml too; a test compares them. */
    @Bean
    FilterRegistrationBean<InvocationFilter> invocationFilter(SidecarSettings sidecar) {
        var registration = new FilterRegistrationBean<>(new InvocationFilter(
                sidecar.appToken(), List.of(Allowed.of("backend", "GET", "/api/v1/admin/deliveries/(event|user)"))));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }
}
