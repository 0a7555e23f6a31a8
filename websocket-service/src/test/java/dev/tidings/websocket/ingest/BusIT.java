package dev.tidings.websocket.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.devkit.Infrastructure;
import dev.tidings.devkit.Sidecar;
import dev.tidings.devkit.SidecarSpec;
import dev.tidings.events.Topic;
import dev.tidings.tokens.Role;
import dev.tidings.websocket.ServiceUnderTest;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The way in from another service: sidecar, Kafka, sidecar. */
class BusIT extends ServiceUnderTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private final Infrastructure infrastructure = Infrastructure.shared();
    private final String user = unique("ada");
    private Sidecar own;
    private Sidecar backends;

    @BeforeEach
    void start() {
        infrastructure.createTopics(
                Arrays.stream(Topic.values()).collect(Collectors.toMap(Topic::wireName, topic -> Topic.PARTITIONS)));
        own = infrastructure.startSidecar(SidecarSpec.of("websocket-service")
                .withAppPort(port)
                .withHttpPort(SIDECAR_HTTP_PORT)
                .withGrpcPort(SIDECAR_GRPC_PORT)
                .withAppToken(APP_TOKEN)
                .withConsumerGroup(unique("bus-it")));
        backends = infrastructure.startSidecar(SidecarSpec.of("backend"));
    }

    @AfterEach
    void stop() {
        backends.close();
        own.close();
    }

    private void publish(String id, String title) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(backends.httpEndpoint()
                        .resolve("/v1.0/publish/pubsub/task-updates?metadata.partitionKey=" + user))
                .header("Content-Type", "application/cloudevents+json")
                .POST(BodyPublishers.ofByteArray(taskEvent(id, user, title)))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(204);
        }
    }

    private List<String> titles() {
        return getJson("/api/v1/events/recent?since=0", token(user, Role.USER))
                .get("events")
                .valueStream()
                .map(message -> message.at("/event/title").asString())
                .toList();
    }

    @Test
    void whatAnotherServicePublishesIsDeliveredAndAStrayMessageBlocksNothing() throws Exception {
        publish(user + "1", "first");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(titles()).containsExactly("first"));

        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", infrastructure.kafkaBootstrap()),
                new StringSerializer(),
                new StringSerializer())) {
            for (int partition = 0; partition < Topic.PARTITIONS; partition++) {
                producer.send(new ProducerRecord<>("task-updates", partition, user, "stray " + user))
                        .get();
            }
        }
        publish(user + "2", "second");
        publish(user + "1", "first");
        publish(user + "3", "third");

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(titles()).containsExactly("first", "second", "third"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                get("/api/v1/admin/rejected-events?limit=100", token("op", Role.OPERATOR))
                                        .body())
                        .contains("stray " + user));
    }
}
