package dev.tidings.sidecar.state;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dapr.client.DaprClient;
import io.dapr.client.DaprClientBuilder;
import io.dapr.config.Properties;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class DaprStateStoreTest {

    @Test
    void a_store_that_takes_longer_than_its_timeout_is_silent() throws Exception {
        try (ServerSocket sidecarThatNeverAnswers = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                DaprClient dapr = new DaprClientBuilder()
                        .withPropertyOverride(
                                Properties.GRPC_PORT, Integer.toString(sidecarThatNeverAnswers.getLocalPort()))
                        .build()) {
            StateStore store = new DaprStateStore(dapr, "store", Duration.ofMillis(100));

            List<ThrowingCallable> calls = List.of(
                    () -> store.get("key"),
                    () -> store.getAll(List.of("key")),
                    () -> store.put("key", "{}", Duration.ofSeconds(1)),
                    () -> store.putAndDelete("key", "{}", Duration.ofSeconds(1), List.of()));
            calls.forEach(call -> assertThatThrownBy(call).isInstanceOf(StateStoreException.class));
        }
    }
}
