package dev.tidings.sidecar;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.sidecar.DeliveryResult.DeliveryStatus;
import dev.tidings.sidecar.EventCallbackController.BulkAnswer;
import dev.tidings.sidecar.tracing.EventSpans;
import io.dapr.Topic;
import io.dapr.springboot.DaprAutoConfiguration;
import io.dapr.springboot.DaprController;
import io.dapr.springboot.annotations.BulkSubscribe;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.mock.web.MockServletContext;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EventCallbackControllerTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String DEAD_LETTERS = "dead-letter-queue";

    private final List<List<String>> calls = new ArrayList<>();
    private final List<String> deadLetters = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();
    private final Queue<EventBatchHandler> script = new ConcurrentLinkedQueue<>();
    private final EventCallbackController controller = new EventCallbackController(
            new Subscriptions(
                    List.of(
                            new Subscription("given-up", 10, Duration.ofMillis(20), DEAD_LETTERS),
                            Subscription.batches("batches", 40, Duration.ofMillis(5))),
                    new SelectiveHandler()),
            this::publish,
            "pubsub",
            InstantSource.system(),
            EventSpans.OFF);

    private final class SelectiveHandler implements EventBatchHandler {
        @Override
        public boolean takes(String topic, @Nullable String type) {
            return !"unwanted".equals(type);
        }

        @Override
        public List<DeliveryResult> handle(String topic, List<ReceivedEvent> batch) {
            calls.add(batch.stream().map(ReceivedEvent::id).toList());
            EventBatchHandler next = script.poll();
            return next == null ? Collections.nCopies(batch.size(), DeliveryResult.SUCCESS) : next.handle(topic, batch);
        }
    }

    private boolean publish(String topic, ReceivedEvent event) {
        deadLetters.add(topic + " " + event.id());
        return !refused.contains(event.id());
    }

    /** Subscribes as the SDK's Spring Boot starter does it. */
    static class SdkSubscriber {
        @Topic(name = "given-up", pubsubName = "pubsub", metadata = "{\"rawPayload\": \"true\"}")
        @BulkSubscribe(maxMessagesCount = 10, maxAwaitDurationMs = 20)
        @PostMapping("/events/given-up")
        void givenUp() {}

        @Topic(name = "batches", pubsubName = "pubsub", metadata = "{\"rawPayload\": \"true\"}")
        @BulkSubscribe(maxMessagesCount = 40, maxAwaitDurationMs = 5)
        @PostMapping("/events/batches")
        void batches() {}
    }

    @Test
    void theSubscriptionsHaveTheFormThatTheSdkGivesThem() throws IOException {
        JsonNode theirs;
        try (var sdk = new AnnotationConfigWebApplicationContext()) {
            sdk.setServletContext(new MockServletContext());
            sdk.register(DaprAutoConfiguration.class, SdkSubscriber.class);
            sdk.refresh();
            theirs = JSON.readTree(sdk.getBean(DaprController.class).daprSubscribe());
        }

        JsonNode ours = JSON.valueToTree(controller.subscriptions());

        assertThat(ours.valueStream().map(EventCallbackControllerTest::normalized))
                .containsExactlyInAnyOrderElementsOf(theirs.valueStream()
                        .map(EventCallbackControllerTest::normalized)
                        .toList());
    }

    @Test
    void theConfigurationOfActorsIsEmpty() {
        assertThat(JSON.writeValueAsString(controller.configuration())).isEqualTo("{}");
    }

    /** Dapr ignores the case of names, and reads {@code route} as {@code routes.default}. */
    private static Map<String, String> normalized(JsonNode subscription) {
        Map<String, String> fields = new TreeMap<>();
        subscription.properties().forEach(field -> {
            JsonNode value = field.getKey().equals("routes") ? field.getValue().path("default") : field.getValue();
            String name =
                    field.getKey().equals("routes") ? "route" : field.getKey().toLowerCase(Locale.ROOT);
            if (!value.isNull() && !value.isMissingNode() && !(value.isContainer() && value.isEmpty())) {
                fields.put(name, value.toString());
            }
        });
        return fields;
    }

    @Test
    void aReplayIsABatchOfOneAndBecomesNoDeadLetter() throws IOException {
        script.add((topic, batch) -> {
            assertThat(batch.getFirst().key()).isEqualTo("a b");
            return List.of(DeliveryResult.drop("no"));
        });

        DeliveryResult result = controller.replay("given-up", "a+b", stream(event("e1")));

        assertThat(JSON.writeValueAsString(result)).isEqualTo("{\"status\":\"DROP\",\"reason\":\"no\"}");
        assertThat(calls).containsExactly(List.of("e1"));
        assertThat(deadLetters).isEmpty();
    }

    @Test
    void whatIsDroppedIsPublishedAsADeadLetterOrComesAgain() {
        refused.add("e3");
        script.add((topic, batch) ->
                List.of(DeliveryResult.drop("no"), DeliveryResult.retry("later"), DeliveryResult.drop("no")));

        BulkAnswer answer = controller.receive("given-up", stream(batch(event("e1"), event("e2"), event("e3"))));

        assertThat(statuses(answer))
                .containsExactly(DeliveryStatus.SUCCESS, DeliveryStatus.RETRY, DeliveryStatus.RETRY);
        assertThat(deadLetters).containsExactly(DEAD_LETTERS + " e1", DEAD_LETTERS + " e3");
    }

    @Test
    void aTypeThatTheHandlerDoesNotTakeIsNotRead() throws IOException {
        String unwanted = "{\"id\":\"u\",\"type\":\"unwanted\",\"data\":{}}";
        script.add((topic, batch) -> List.of(DeliveryResult.SUCCESS, DeliveryResult.drop("no")));

        BulkAnswer answer = controller.receive("batches", stream(batch(event("e1"), unwanted, event("e2"), unwanted)));

        assertThat(statuses(answer))
                .containsExactly(
                        DeliveryStatus.SUCCESS, DeliveryStatus.SUCCESS, DeliveryStatus.DROP, DeliveryStatus.SUCCESS);
        assertThat(calls).containsExactly(List.of("e1", "e2"));
        assertThat(controller.replay("batches", null, stream(unwanted))).isEqualTo(DeliveryResult.SUCCESS);
    }

    @Test
    void eachEntryOfABatchHasItsStatus() throws IOException {
        script.add((topic, batch) -> List.of(DeliveryResult.SUCCESS, DeliveryResult.drop("no")));

        Object answer = controller.receive("batches", stream(batch(event("e1"), event("e2"))));

        assertThat(JSON.writeValueAsString(answer))
                .isEqualTo("{\"statuses\":[{\"entryId\":\"0\",\"status\":\"SUCCESS\"},"
                        + "{\"entryId\":\"1\",\"status\":\"DROP\",\"reason\":\"no\"}]}");
    }

    @Test
    void anEmptyBatchIsNotHandled() throws IOException {
        assertThat(JSON.writeValueAsString(controller.receive("batches", stream("{}"))))
                .isEqualTo("{\"statuses\":[]}");
        assertThat(calls).isEmpty();
    }

    @Test
    void aFailureOfTheDatabaseOrABugRetriesAllEvents() throws IOException {
        script.add((topic, batch) -> {
            throw new DataAccessResourceFailureException("away");
        });
        script.add((topic, batch) -> {
            throw new IllegalStateException("a bug");
        });
        script.add((topic, batch) -> List.of());

        for (int i = 0; i < 3; i++) {
            assertThat(statuses(controller.receive("batches", stream(batch(event("e1"), event("e2"))))))
                    .containsExactly(DeliveryStatus.RETRY, DeliveryStatus.RETRY);
        }
    }

    @Test
    void aLargeBatchIsHandledInPartsUntilAnEventIsRetried() throws IOException {
        String large = event("e").replace("{}", "{\"x\":\"%s\"}".formatted("x".repeat(CloudEventReader.MAX_BYTES / 2)));
        script.add((topic, batch) -> Collections.nCopies(batch.size(), DeliveryResult.SUCCESS));
        script.add((topic, batch) -> Collections.nCopies(batch.size(), DeliveryResult.retry("away")));

        Object answer = controller.receive("batches", stream(batch(large, large, large, large, large)));

        assertThat(calls).hasSize(2).allSatisfy(part -> assertThat(part).hasSize(2));
        assertThat(statuses(answer))
                .containsExactly(
                        DeliveryStatus.SUCCESS,
                        DeliveryStatus.SUCCESS,
                        DeliveryStatus.RETRY,
                        DeliveryStatus.RETRY,
                        DeliveryStatus.RETRY);
    }

    @Test
    void aTopicWithoutASubscriptionIsNotAnsweredAsDone() {
        // 404 would make the sidecar drop the events.
        assertThatThrownBy(() -> controller.receive("other", stream("{}")))
                .hasMessageContaining("503")
                .hasMessageContaining("other");
    }

    private static List<DeliveryStatus> statuses(Object answer) {
        return ((BulkAnswer) answer)
                .statuses().stream().map(entry -> entry.result().status()).toList();
    }

    private static String event(String id) {
        return "{\"id\":\"%s\",\"source\":\"backend\",\"data\":{}}".formatted(id);
    }

    private static String batch(String... events) {
        return IntStream.range(0, events.length)
                .mapToObj(i -> "{\"entryId\":\"%d\",\"event\":%s}".formatted(i, events[i]))
                .collect(Collectors.joining(",", "{\"entries\":[", "]}"));
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }
}
