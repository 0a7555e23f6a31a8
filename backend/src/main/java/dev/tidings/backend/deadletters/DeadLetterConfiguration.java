package dev.tidings.backend.deadletters;

import dev.tidings.backend.identity.OpenPath;
import dev.tidings.messaging.callback.CallbackTokenFilter;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class DeadLetterConfiguration {
    @Bean
    OpenPath callbacksAreForTheSidecar() {
        return OpenPath.forAnybody(null, "/dapr/subscribe|/dapr/events/dead-letter-queue");
    }

    /** Without a token nobody is believed to be the sidecar. The list of subscriptions is no secret. */
    @Bean
    FilterRegistrationBean<CallbackTokenFilter> callbackTokenFilter(
            @Value("${tidings.sidecar.app-token}") String appToken) {
        String token = appToken.isBlank() ? UUID.randomUUID().toString() : appToken;
        var registration = new FilterRegistrationBean<>(new CallbackTokenFilter(token));
        registration.addUrlPatterns("/dapr/events/*");
        return registration;
    }
}
