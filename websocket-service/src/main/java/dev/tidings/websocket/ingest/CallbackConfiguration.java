package dev.tidings.websocket.ingest;

import dev.tidings.messaging.callback.CallbackTokenFilter;
import dev.tidings.websocket.sidecar.SidecarSettings;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class CallbackConfiguration {
    /** The list of subscriptions is no secret, so only the events are guarded. */
    @Bean
    FilterRegistrationBean<CallbackTokenFilter> callbackTokenFilter(SidecarSettings sidecar) {
        var registration = new FilterRegistrationBean<>(new CallbackTokenFilter(sidecar.appToken()));
        registration.addUrlPatterns(CallbackController.EVENTS + "*");
        return registration;
    }
}
