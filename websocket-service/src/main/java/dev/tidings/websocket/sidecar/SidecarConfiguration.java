package dev.tidings.websocket.sidecar;

import io.dapr.client.DaprClient;
import io.dapr.client.DaprClientBuilder;
import io.dapr.config.Properties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class SidecarConfiguration {
    /** Everything is handed over, so a second context in the same JVM may talk to another sidecar. */
    @Bean(destroyMethod = "close")
    DaprClient daprClient(SidecarSettings settings) {
        return new DaprClientBuilder()
                .withPropertyOverride(
                        Properties.TIMEOUT, Long.toString(settings.timeout().toMillis()))
                .withPropertyOverride(Properties.GRPC_PORT, Integer.toString(settings.grpcPort()))
                .withPropertyOverride(Properties.HTTP_PORT, Integer.toString(settings.httpPort()))
                .withPropertyOverride(Properties.API_TOKEN, settings.apiToken())
                .build();
    }
}
