package dev.tidings.systemtests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tidings.events.Topic;
import dev.tidings.systemtests.client.SocketClient;
import dev.tidings.systemtests.stack.OnRunningStack;
import dev.tidings.systemtests.stack.Pages;
import dev.tidings.systemtests.stack.Stack;
import dev.tidings.systemtests.stack.Users;
import dev.tidings.tokens.Role;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** R-RL-3: whatever a producer without a sidecar writes to a topic, later records of its partition are handled by every consumer. */
@OnRunningStack
class NoRecordStopsAPartitionIT {
    private static final int PARTITION = 1;
    private static final int MIB = 1024 * 1024;
    private static final byte[] BINARY = {0, 0, 0, 0, 0, 0, 0x12, 0x67, (byte) 0xff, '\r', '\n'};

    private final Stack stack;
    private final String user = Users.named("behind");

    private record Raw(byte @Nullable [] key, byte @Nullable [] value, List<Header> headers) {}

    NoRecordStopsAPartitionIT(Stack stack) {
        this.stack = stack;
    }

    @Test
    void whateverLiesOnATopicLaterRecordsArrive() throws Exception {
        try (KafkaProducer<byte[], byte[]> kafka = producer("none");
                SocketClient socket = stack.replica(1).connect(stack.tokens().of(user))) {
            for (Topic topic : Topic.values()) {
                for (Raw record : records(topic.wireName())) {
                    kafka.send(new ProducerRecord<>(
                                    topic.wireName(), PARTITION, record.key(), record.value(), record.headers()))
                            .get();
                }
            }
            kafka.send(new ProducerRecord<>("task-updates", PARTITION, user.getBytes(UTF_8), good()))
                    .get();

            socket.ledger().awaitTitle("behind them all");
            await("all consumers to have handled all records")
                    .atMost(Duration.ofSeconds(120))
                    .pollInterval(Duration.ofMillis(500))
                    .untilAsserted(() -> assertThat(waiting()).isEmpty());
        }
        await("the letter of what no worker could read, which says where it came from")
                .until(() -> letters("order.created").stream()
                        .anyMatch(letter -> letter.path("eventId").asString().startsWith("sha256-")));
        stack.awaitHealthy();
    }

    /** A letter must fit on dead-letter-queue, so what is on a topic may not grow when it is unpacked. */
    @Test
    void theBrokerMeasuresARecordUnpacked() {
        try (KafkaProducer<byte[], byte[]> kafka = producer("gzip")) {
            assertThatThrownBy(() -> kafka.send(new ProducerRecord<>("order.created", new byte[5 * MIB]))
                            .get())
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(RecordTooLargeException.class);
        }
    }

    private List<Raw> records(String topic) {
        byte[] event = event(topic, "").getBytes(UTF_8);
        List<Raw> records = new ArrayList<>();
        for (byte[] key : keys()) {
            records.add(new Raw(key, event, List.of()));
        }
        for (List<Header> headers : headers()) {
            records.add(new Raw(BINARY, event, headers));
            records.add(new Raw(null, null, headers));
        }
        for (byte[] value : values(topic)) {
            records.add(new Raw(null, value, List.of()));
        }
        return records;
    }

    private static List<byte[]> keys() {
        byte[] random = new byte[300_000];
        new Random(1).nextBytes(random);
        return List.of(
                new byte[0],
                BINARY,
                "a\u0000b: c".getBytes(UTF_8),
                "Zoë 😀 auth0|1%zz".getBytes(UTF_8),
                "k".repeat(9_000).getBytes(UTF_8),
                random);
    }

    private static List<List<Header>> headers() {
        List<String> names = List.of(
                "",
                "a b",
                "a:b",
                "x\r\ny",
                "é",
                "content-type",
                "content-length",
                "transfer-encoding",
                "connection",
                "traceparent",
                "traceid",
                "dapr-caller-app-id",
                "dapr-api-token",
                "partitionNumber",
                "partitionKey",
                "rawPayload",
                "ttlInSeconds",
                "ce_id",
                "__key",
                "__topic",
                "__a b",
                "__");
        List<List<Header>> headers = new ArrayList<>();
        headers.add(all(names, BINARY));
        headers.add(all(names, "application/octet-stream".getBytes(UTF_8)));
        headers.add(all(names, "5".getBytes(UTF_8)));
        headers.add(all(IntStream.range(0, 3_000).mapToObj(n -> "h" + n).toList(), "v".getBytes(UTF_8)));
        headers.add(all(List.of("large", "__topic"), new byte[100_000]));
        headers.add(all(names, null));
        return headers;
    }

    private static List<Header> all(List<String> names, byte @Nullable [] value) {
        return names.stream().<Header>map(name -> new RecordHeader(name, value)).toList();
    }

    private List<byte[]> values(String topic) {
        List<String> texts = List.of(
                "",
                "null",
                "[]",
                "42",
                "no JSON on " + topic,
                "\u0000",
                "{",
                "[".repeat(100_000),
                "{\"a\":".repeat(10_000),
                "{\"id\":1e999999999}",
                event(topic, ",\"traceparent\":4"),
                event(topic, ",\"traceparent\":\"junk\",\"traceid\":{}"),
                event(topic, ",\"time\":\"+999999999-12-31T23:59:59Z\""),
                event(topic, ",\"time\":7,\"topic\":[],\"pubsubname\":null"),
                event(topic, ",\"expiration\":\"2001-01-01T00:00:00Z\""),
                event(topic, ",\"expiration\":{}"),
                event(topic, ",\"data_base64\":\"%%%\""),
                event(topic, ",\"datacontenttype\":\"application/octet-stream\""),
                event(topic, "").replace("backend", "a\\u0000b\\ud800"),
                event(topic, "").replace("backend", "x".repeat(5_000)));
        List<byte[]> values = new ArrayList<>();
        texts.forEach(text -> values.add(text.getBytes(UTF_8)));
        values.add(new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        byte[] full = new byte[MIB - 500];
        Arrays.fill(full, (byte) 'x');
        values.add(full);
        values.add(event(topic, ",\"pad\":\"" + "x".repeat(MIB - 2_000) + "\"").getBytes(UTF_8));
        return values;
    }

    private static String event(String topic, String more) {
        return """
                {"specversion":"1.0","id":"%s","source":"backend","type":"%s","datacontenttype":"application/json",\
                "data":{"userId":"nobody","orderId":1e131000}%s}""".formatted(UUID.randomUUID(), topic, more);
    }

    private byte[] good() {
        return """
                {"specversion":"1.0","id":"%s","source":"backend","type":"task.created","datacontenttype":"application/json",\
                "data":{"event_type":"task.created","user_id":"%s","task_id":"%s","title":"behind them all","status":"open",\
                "version":1,"timestamp":"2026-02-07T12:00:00.000Z"}}""".formatted(UUID.randomUUID(), user, UUID.randomUUID()).getBytes(UTF_8);
    }

    private KafkaProducer<byte[], byte[]> producer(String compression) {
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        stack.kafkaBootstrap(),
                        ProducerConfig.COMPRESSION_TYPE_CONFIG,
                        compression,
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                        16 * MIB),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** The partitions where a group has not handled everything, with the number of records. */
    private Map<String, Long> waiting() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.kafkaBootstrap()))) {
            Map<String, Long> waiting = new HashMap<>();
            List<String> groups = admin.listGroups(ListGroupsOptions.forConsumerGroups()).all().get().stream()
                    .map(GroupListing::groupId)
                    .filter(group -> !group.contains("foreign"))
                    .toList();
            for (String group : groups) {
                var committed = admin.listConsumerGroupOffsets(group)
                        .partitionsToOffsetAndMetadata()
                        .get();
                Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
                committed.keySet().forEach(partition -> ends.put(partition, OffsetSpec.latest()));
                admin.listOffsets(ends).all().get().forEach((partition, end) -> {
                    var done = committed.get(partition);
                    long behind = end.offset() - (done == null ? 0 : done.offset());
                    if (behind > 0) {
                        waiting.put(group + " " + partition, behind);
                    }
                });
            }
            return waiting;
        }
    }

    private List<JsonNode> letters(String topic) {
        URI list = URI.create(stack.backend() + "/api/v1/admin/dead-letters");
        return Pages.items(list, stack.tokens().of("olga", Role.OPERATOR)).stream()
                .filter(letter -> letter.path("topic").asString("").equals(topic))
                .toList();
    }
}
