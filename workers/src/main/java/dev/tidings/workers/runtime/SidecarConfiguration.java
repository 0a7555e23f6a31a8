package dev.tidings.workers.runtime;

import io.dapr.client.DaprClient;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

@Configuration(proxyBeanMethods = false)
class SidecarConfiguration {
    /** For the workers that need one. */
    @Bean(destroyMethod = "close")
    @Lazy
    DaprClient daprClient(SidecarSettings sidecar) {
        return sidecar.connection().open();
    }
}
