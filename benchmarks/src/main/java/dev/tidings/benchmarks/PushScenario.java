package dev.tidings.benchmarks;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Events written to Kafka, past every publisher: what the way from the topic to the sockets costs. Each user has a socket on two
 * replicas, so each event is delivered twice.
 */
final class PushScenario implements Scenario {
    private static final int USERS = 500;
    private static final int COPIES = 2;
    private static final int PATIENCE_SECONDS = 30;

    @Override
    public void run(Lab lab, Table table) throws Exception {
        Stack stack = lab.stack();
        try (Screens screens = Screens.open(stack, "push", USERS, COPIES)) {
            step(stack, screens, new ResultRow(), 500, lab.choose(5, 20)); // warms up this way
            for (int rate : new int[] {500, 2000}) {
                step(stack, screens, table.row(rate + " a second"), rate, lab.choose(10, 30));
            }
        }
    }

    private static void step(Stack stack, Screens screens, ResultRow row, int rate, int seconds)
            throws InterruptedException {
        int count = rate * seconds;
        ReceivedMessages deliveries = screens.expect(count);
        try (Publisher publisher = new Publisher(stack)) {
            Costs costs = Costs.start(stack);
            OpenLoop.pace(rate, count, (number, due) -> {
                deliveries.due(number, due);
                deliveries.expect();
                publisher.publish(screens.user(number), deliveries.title(number));
            });
            row.put("not on the screens at the end", deliveries.missing())
                    .put("missing", deliveries.awaitAll(PATIENCE_SECONDS));
            deliveries.times().into(row, "screens");
            costs.into(row, count);
            row.put("CPU µs of replicas and PostgreSQL for a delivery", costOfDelivery(row));
        }
    }

    private static double costOfDelivery(ResultRow row) {
        return (row.get("CPU µs WebSocket replicas") + row.get("CPU µs PostgreSQL")) / COPIES;
    }

    /** Writes events to their topics as sidecars do. */
    static final class Publisher implements AutoCloseable {
        private final KafkaProducer<String, String> kafka;

        Publisher(Stack stack) {
            kafka = new KafkaProducer<>(
                    Map.of("bootstrap.servers", stack.system().kafkaBootstrap(), "linger.ms", 2),
                    new StringSerializer(),
                    new StringSerializer());
        }

        /** A notification as the notification-service publishes it. */
        void publish(String user, String title) {
            String id = UUID.randomUUID().toString();
            String now = Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
            String event = """
                    {"specversion":"1.0","id":"%1$s","source":"notification-service","type":"notification.created","time":"%2$s",\
                    "datacontenttype":"application/json","data":{"id":"%1$s","userId":"%3$s","type":"order","priority":"normal",\
                    "title":"%4$s","message":"A notification of usual length, as an order causes it","version":1,"createdAt":"%2$s"}}""".formatted(id, now, user, title);
            publish("notifications", user, event);
        }

        void publish(String topic, String key, String event) {
            var _ = kafka.send(new ProducerRecord<>(topic, key, event));
        }

        @Override
        public void close() {
            kafka.close();
        }
    }
}
