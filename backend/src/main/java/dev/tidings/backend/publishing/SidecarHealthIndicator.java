package dev.tidings.backend.publishing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/** Whether the sidecar and its components take calls. */
@Component("sidecarHealthIndicator")
class SidecarHealthIndicator extends AbstractHealthIndicator {
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();
    private final HttpRequest request;

    SidecarHealthIndicator(SidecarProperties sidecar) {
        this.request = HttpRequest.newBuilder(
                        URI.create("http://%s:%d/v1.0/healthz/outbound".formatted(sidecar.host(), sidecar.httpPort())))
                .timeout(TIMEOUT)
                .build();
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        try {
            int status = http.send(request, BodyHandlers.discarding()).statusCode();
            if (status / 100 == 2) {
                builder.up();
            } else {
                builder.down().withDetail("reason", "it answers " + status);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            builder.unknown();
        } catch (IOException e) {
            builder.down().withDetail("reason", "it does not answer; events wait in the outbox");
        }
    }
}
