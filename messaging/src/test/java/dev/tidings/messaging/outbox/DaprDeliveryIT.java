package dev.tidings.messaging.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.devkit.Infrastructure;
import dev.tidings.devkit.Sidecar;
import dev.tidings.devkit.SidecarSpec;
import dev.tidings.events.Topic;
import dev.tidings.messaging.outbox.Subscriber.Delivery;
import dev.tidings.sidecar.DaprEventPublisher;
import dev.tidings.sidecar.SidecarSettings;
import io.dapr.client.DaprClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From the commit to a subscriber, through real sidecars and Kafka (R-PF-10, R-DP-2). */
class DaprDeliveryIT {
    private static final OutboxDatabase DATABASE = new OutboxDatabase();
    private static final Infrastructure INFRASTRUCTURE = Infrastructure.shared();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final String TRACEPARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final String APP_TOKEN = UUID.randomUUID().toString();

    private static Subscriber subscriber;
    private static Sidecar subscriberSidecar;

    /** Other tests of this JVM may use the same topic. */
    private final String run = UUID.randomUUID().toString();

    private Sidecar sidecar;
    private DaprClient dapr;
    private OutboxRelay relay;
    private Outbox outbox;

    @BeforeAll
    static void subscribe() {
        INFRASTRUCTURE.createTopics(Map.of(Topic.TASK_UPDATES.wireName(), Topic.PARTITIONS));
        subscriber = new Subscriber("pubsub", Topic.TASK_UPDATES.wireName());
        subscriberSidecar = INFRASTRUCTURE.startSidecar(SidecarSpec.of("websocket-service")
                .withAppPort(subscriber.port())
                .withAppToken(APP_TOKEN)
                .withConsumerGroup("dapr-delivery-" + UUID.randomUUID()));
    }

    @AfterAll
    static void unsubscribe() {
        subscriberSidecar.stop();
        subscriber.close();
    }

    @BeforeEach
    void startRelay() {
        DATABASE.clear();
        sidecar = INFRASTRUCTURE.startSidecar(SidecarSpec.of("backend"));
        dapr = connect(sidecar);
        relay = relay(dapr);
        outbox = new Outbox(DATABASE.jdbc, relay, () -> TRACEPARENT);
        relay.start();
    }

    @AfterEach
    void stopRelay() throws Exception {
        relay.close();
        dapr.close();
        sidecar.stop();
    }

    @Test
    void theSubscriberSeesIdSourceTypeTimeKeyAndTraceOfTheOutboxRow() {
        UUID id = append(key("user"), "{\"title\":\"grün 🎈\",\"n\":12345678901234567890}");

        Delivery delivery = awaitDelivery(id);
        assertThat(delivery.key()).isEqualTo(key("user"));
        assertThat(delivery.appToken()).isEqualTo(APP_TOKEN);
        assertThat(delivery.event().path("source").stringValue()).isEqualTo("backend");
        assertThat(delivery.event().path("type").stringValue()).isEqualTo("task.created");
        assertThat(delivery.event().path("topic").stringValue()).isEqualTo("task-updates");
        assertThat(delivery.event().path("traceparent").stringValue()).isEqualTo(TRACEPARENT);
        assertThat(delivery.event().path("datacontenttype").stringValue()).isEqualTo("application/json");
        assertThat(delivery.event().path("time").stringValue())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(delivery.event().path("data").toString())
                .isEqualTo("{\"n\":12345678901234567890,\"title\":\"grün 🎈\"}");
    }

    @Test
    void tenThousandEventsOfTwoRelaysArriveEachKeyInOrder() {
        OutboxRelay second = relay(dapr);
        try (second) {
            second.start();
            Outbox secondOutbox = new Outbox(DATABASE.jdbc, second, () -> null);
            Map<String, List<String>> written = new LinkedHashMap<>();
            for (int batch = 0; batch < 100; batch++) {
                Outbox writer = batch % 2 == 0 ? outbox : secondOutbox;
                List<UUID> ids = new ArrayList<>();
                List<String> keys = new ArrayList<>();
                int first = batch;
                DATABASE.transaction.executeWithoutResult(status -> {
                    for (int i = 0; i < 100; i++) {
                        String key = key("user-" + (first * 7 + i) % 50);
                        keys.add(key);
                        ids.add(writer.append(
                                new OutboxEvent("task-updates", key, "task.created", "{\"i\":" + i + "}")));
                    }
                });
                for (int i = 0; i < 100; i++) {
                    written.computeIfAbsent(keys.get(i), k -> new ArrayList<>())
                            .add(ids.get(i).toString());
                }
            }

            Set<String> all = written.values().stream().flatMap(List::stream).collect(Collectors.toSet());
            await().atMost(PATIENCE).until(() -> arrived().containsAll(all));
            written.forEach(
                    (key, ids) -> assertThat(subscriber.firstArrivals(key)).isEqualTo(ids));
        }
    }

    @Test
    void anEventThatTheBrokerRefusesHoldsUpItsOwnKeyOnly() {
        List<UUID> good = new ArrayList<>();
        // Past the check of OutboxEvent, as if limits had changed: larger than the topic takes.
        DATABASE.jdbc
                .sql("""
                        INSERT INTO outbox (id, topic, key, slot, type, payload)
                        VALUES (gen_random_uuid(), 'task-updates', :key, :slot, 'task.created',
                                to_json(repeat('x', 1200000)))
                        """)
                .param("key", key("bad"))
                .param("slot", Slots.of(key("bad")))
                .update();
        awaitAttempts(key("bad"), 1);
        UUID behindBad = append(key("bad"), "{}");
        for (int i = 0; i < 50; i++) {
            good.add(append(key("good-" + i), "{}"));
        }

        good.forEach(this::awaitDelivery);

        awaitAttempts(key("bad"), 2);
        assertThat(arrived()).doesNotContain(behindBad.toString());

        DATABASE.jdbc
                .sql("DELETE FROM outbox WHERE key = :key AND attempts > 0")
                .param("key", key("bad"))
                .update();
        awaitDelivery(behindBad);
    }

    private static void awaitAttempts(String key, int least) {
        await().atMost(PATIENCE)
                .until(() -> DATABASE.jdbc
                                .sql("SELECT coalesce(max(attempts), 0) FROM outbox WHERE key = :key")
                                .param("key", key)
                                .query((row, n) -> row.getInt(1))
                                .single()
                        >= least);
    }

    @Test
    void aTopicThatIsForbiddenToTheAppHoldsUpNoOther() {
        DATABASE.transaction.executeWithoutResult(
                status -> outbox.append(new OutboxEvent("purchase-created", key("user"), "PURCHASE_CREATED", "{}")));
        UUID allowed = append(key("user"), "{}");

        awaitDelivery(allowed);
        await().atMost(PATIENCE)
                .until(() -> DATABASE.jdbc
                        .sql(
                                "SELECT count(*) FROM outbox WHERE topic = 'purchase-created' AND last_error LIKE '%not allowed%'"
                                        + " AND published_at IS NULL")
                        .query((row, n) -> row.getInt(1))
                        .single()
                        .equals(1));
    }

    @Test
    void whileTheSidecarIsAwayEventsWaitAndThenArriveWithTheirIds() {
        sidecar.kill();
        UUID waiting = append(key("user"), "{}");
        UUID another = append(key("user"), "{}");

        sidecar = INFRASTRUCTURE.startSidecar(
                SidecarSpec.of("backend").withHttpPort(sidecar.httpPort()).withGrpcPort(sidecar.grpcPort()));

        awaitDelivery(another);
        assertThat(subscriber.firstArrivals(key("user"))).containsExactly(waiting.toString(), another.toString());
    }

    private Delivery awaitDelivery(UUID id) {
        await().atMost(PATIENCE).until(() -> arrived().contains(id.toString()));
        return subscriber.deliveries().stream()
                .filter(delivery -> delivery.id().equals(id.toString()))
                .findFirst()
                .orElseThrow();
    }

    private static Set<String> arrived() {
        return subscriber.deliveries().stream().map(Delivery::id).collect(Collectors.toCollection(HashSet::new));
    }

    private UUID append(String key, String payload) {
        return DATABASE.transaction.execute(
                status -> outbox.append(new OutboxEvent("task-updates", key, "task.created", payload)));
    }

    private String key(String name) {
        return run + "/" + name;
    }

    private static DaprClient connect(Sidecar sidecar) {
        return new SidecarSettings(
                        sidecar.httpEndpoint().getHost(),
                        sidecar.httpPort(),
                        sidecar.grpcPort(),
                        "",
                        "",
                        "pubsub",
                        TIMEOUT)
                .connect();
    }

    private static OutboxRelay relay(DaprClient dapr) {
        return new OutboxRelay(
                DATABASE.dataSource,
                new DaprEventPublisher(dapr, "pubsub", "backend", TIMEOUT),
                RelaySettings.of(Duration.ofSeconds(1), Duration.ofSeconds(6), TIMEOUT, Duration.ofHours(6)),
                new SimpleMeterRegistry());
    }
}
