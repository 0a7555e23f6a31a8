package dev.tidings.websocket.polling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidings.tokens.Identity;
import dev.tidings.tokens.Role;
import dev.tidings.websocket.stream.EventLog;
import dev.tidings.websocket.stream.InMemoryEventLog;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.web.ErrorResponseException;

/** R-RL-2: polls beyond what the database can answer are refused soon, with a time to come back. */
class PollingOverloadTest {
    @Test
    void aPollThatFindsNoTurnIsRefused() throws InterruptedException {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        InMemoryEventLog events = new InMemoryEventLog();
        EventLog slow = (EventLog) Proxy.newProxyInstance(
                EventLog.class.getClassLoader(), new Class<?>[] {EventLog.class}, (proxy, method, arguments) -> {
                    reading.countDown();
                    goOn.await();
                    return method.invoke(events, arguments);
                });
        PollingController polling =
                new PollingController(slow, new PollingSettings(Duration.ofSeconds(30), 1, Duration.ofMillis(20)));
        Identity ada = new Identity("ada", Role.USER, Instant.MAX);
        Thread first = Thread.ofVirtual().start(() -> polling.recent(ada, null, null));
        reading.await();

        ErrorResponseException refusal =
                catchThrowableOfType(ErrorResponseException.class, () -> polling.recent(ada, null, null));

        assertThat(refusal.getStatusCode().value()).isEqualTo(503);
        assertThat(refusal.getHeaders().getFirst(HttpHeaders.RETRY_AFTER)).matches("[1-5]");
        goOn.countDown();
        first.join();
        assertThat(polling.recent(ada, null, null).getStatusCode().value()).isEqualTo(200);
    }
}
