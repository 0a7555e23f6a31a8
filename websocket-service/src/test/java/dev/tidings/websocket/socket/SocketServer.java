package dev.tidings.websocket.socket;

import dev.tidings.tokens.Role;
import dev.tidings.tokens.TokenIssuer;
import dev.tidings.websocket.delivery.ConnectionHub;
import dev.tidings.websocket.delivery.Registry;
import dev.tidings.websocket.stream.EventLog;
import dev.tidings.websocket.stream.InMemoryEventLog;
import dev.tidings.websocket.stream.LoggedEvent;
import dev.tidings.websocket.stream.NewEvent;
import dev.tidings.websocket.stream.StreamName;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;

/** The endpoint on a real Jetty, with the log in memory and no cluster. */
final class SocketServer implements AutoCloseable {
    static final String SECRET = "a-secret-of-tests-that-has-more-than-32-bytes";
    private static final TokenIssuer ISSUER = TokenIssuer.hs256(SECRET, "tidings", "tidings", Clock.systemUTC());

    /** Remembers what was told, in order. */
    static final class FakePresence implements Registry {
        final Queue<String> told = new ConcurrentLinkedQueue<>();

        /** Logins wait here until it is open. */
        volatile CountDownLatch gate = new CountDownLatch(0);

        @Override
        public void opened(StreamName stream) {
            told.add("opened " + stream);
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void closed(StreamName stream) {
            told.add("closed " + stream);
        }
    }

    /** Without {@code @Configuration}, so that the scan of the whole service in other tests does not find it. */
    @EnableAutoConfiguration(
            excludeName = {
                "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
                "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration"
            })
    @ComponentScan({"dev.tidings.websocket.delivery", "dev.tidings.websocket.socket", "dev.tidings.websocket.access"})
    static class App {
        @Bean
        Clock clock() {
            return Clock.systemUTC();
        }

        @Bean
        EventLog eventLog() {
            return new InMemoryEventLog();
        }

        @Bean
        FakePresence presence() {
            return new FakePresence();
        }
    }

    private final ConfigurableApplicationContext context;
    private int events;

    private SocketServer(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** @param settings such as {@code tidings.socket.auth-timeout=200ms} */
    static SocketServer start(String... settings) {
        List<String> properties = new ArrayList<>(List.of(
                "server.port=0",
                "server.address=127.0.0.1",
                "management.endpoint.health.validate-group-membership=false",
                "tidings.tokens.hs256-secret=" + SECRET,
                "tidings.tokens.clock-skew=0s",
                "tidings.delivery.drain-time=0s"));
        properties.addAll(Arrays.asList(settings));
        return new SocketServer(new SpringApplicationBuilder(App.class)
                .properties(Map.of("spring.main.banner-mode", "off"))
                .run(properties.stream().map(property -> "--" + property).toArray(String[]::new)));
    }

    URI uri(String query) {
        String port = context.getEnvironment().getRequiredProperty("local.server.port");
        return URI.create("ws://127.0.0.1:" + port + "/ws" + query);
    }

    static String token(String userId) {
        return token(userId, Role.STUDENT, Duration.ofHours(1));
    }

    static String token(String userId, Role role, Duration ttl) {
        return ISSUER.issue(userId, role, ttl);
    }

    InMemoryEventLog log() {
        return context.getBean(InMemoryEventLog.class);
    }

    ConnectionHub hub() {
        return context.getBean(ConnectionHub.class);
    }

    FakePresence presence() {
        return context.getBean(FakePresence.class);
    }

    /** @param tags names and values in pairs */
    double count(String counter, String... tags) {
        return context.getBean(MeterRegistry.class)
                .get(counter)
                .tags(tags)
                .counter()
                .count();
    }

    /** Appends a task event and pushes it, as ingest and fan-out do. */
    LoggedEvent deliver(StreamName stream) {
        List<LoggedEvent> logged = append(stream, 1, "");
        hub().push(logged);
        return logged.getFirst();
    }

    /** Appends events that nobody is told of. */
    List<LoggedEvent> append(StreamName stream, int count, String padding) {
        List<NewEvent> batch = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String id = "event-" + ++events;
            batch.add(new NewEvent(
                    "backend",
                    id,
                    "task.created",
                    "task_update",
                    "{\"event_type\":\"task.created\",\"title\":\"" + id + "\",\"padding\":\"" + padding + "\"}",
                    new TreeSet<>(Set.of(stream)),
                    Set.of()));
        }
        return log().append(batch);
    }

    /** As at SIGTERM. */
    @Override
    public void close() {
        context.close();
    }
}
