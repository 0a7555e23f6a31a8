package dev.tidings.websocket.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.tidings.sidecar.SidecarProbe;
import dev.tidings.sidecar.SidecarSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** R-WS-6, against a stand-in of the sidecar that can answer what a real one rarely does. */
@ExtendWith(OutputCaptureExtension.class)
class SidecarProbeIT {
    private HttpServer sidecar;
    private SidecarProbe probe;

    @BeforeEach
    void startSidecar() throws IOException {
        sidecar = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        sidecar.start();
        probe = new SidecarProbe(new SidecarSettings(
                "127.0.0.1",
                sidecar.getAddress().getPort(),
                0,
                "api-token",
                "app-token",
                "pubsub",
                Duration.ofSeconds(10)));
    }

    @AfterEach
    void stopSidecar() {
        sidecar.stop(0);
    }

    @Test
    void aSidecarWithSubscriptionsIsFine() {
        answer("/v1.0/healthz/outbound", 204, "");
        answer("/v1.0/metadata", 200, "{\"subscriptions\":[{\"topic\":\"task-updates\"}]}");

        assertThat(probe.complaint()).isEmpty();
        assertThat(probe.subscriptionComplaint()).isEmpty();
        assertThat(probe.subscribedTopics()).containsExactly("task-updates");
    }

    @Test
    void aSidecarThatHasNotAskedForSubscriptionsIsNamed() {
        answer("/v1.0/metadata", 200, "{\"id\":\"websocket-service\"}");

        assertThat(probe.subscriptionComplaint()).contains("/dapr/subscribe");
    }

    @Test
    void aSidecarWhoseComponentsAreNotUpIsNamed() {
        answer("/v1.0/healthz/outbound", 500, "");

        assertThat(probe.complaint()).contains("500");
    }

    @Test
    void aSidecarThatIsAwayIsNamed() {
        sidecar.stop(0);

        assertThat(probe.complaint()).contains("does not answer");
        assertThat(probe.subscriptionComplaint()).contains("does not answer");
    }

    /** R-WS-10. */
    @Test
    void theLogSaysOnceThatEventsAreConsumedAndWhenTheyNoLongerAre(CapturedOutput output) {
        SubscriptionWatch watch = new SubscriptionWatch(probe);
        answer("/v1.0/healthz/outbound", 204, "");
        watch.check();
        assertThat(output).doesNotContain("Kafka consumer connected");

        answer("/v1.0/metadata", 200, "{\"subscriptions\":[{\"topic\":\"task-updates\"}]}");
        watch.check();
        watch.check();
        assertThat(output).containsOnlyOnce("Kafka consumer connected successfully");

        int port = sidecar.getAddress().getPort();
        sidecar.stop(0);
        watch.check();
        watch.check();
        // With the port, because contexts of other test classes may log the same about their sidecars.
        assertThat(output)
                .containsOnlyOnce(
                        "Kafka consumer disconnected: the sidecar does not answer at http://127.0.0.1:" + port);
    }

    private void answer(String path, int status, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        sidecar.createContext(path, exchange -> {
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }
}
