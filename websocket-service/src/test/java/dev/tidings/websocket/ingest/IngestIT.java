package dev.tidings.websocket.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.tokens.Role;
import dev.tidings.websocket.ServiceUnderTest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the sidecar posts, over HTTP into PostgreSQL. */
class IngestIT extends ServiceUnderTest {
    private final String user = unique("ada");

    private List<String> logged(String user) {
        return jdbc.sql("SELECT event_data ->> 'title' FROM business_event_log WHERE user_id = :user ORDER BY number")
                .param("user", user)
                .query((row, i) -> row.getString(1))
                .list();
    }

    private JsonNode quarantined(String id) {
        JsonNode items = getJson("/api/v1/admin/rejected-events?limit=100", token("op", Role.OPERATOR))
                .get("items");
        return items.valueStream()
                .filter(item -> item.path("eventId").asString("").equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError(id + " is not among " + items));
    }

    @Test
    void theSubscriptionsAreThoseOfTheRoutingTable() {
        JsonNode subscriptions = getJson("/dapr/subscribe", null);

        assertThat(subscriptions
                        .valueStream()
                        .map(subscription -> subscription.get("topic").asString()))
                .contains("task-updates", "business-events", "order.updated", "notifications");
        assertThat(subscriptions).contains(JSON.readTree("""
                {"pubsubname": "pubsub", "topic": "task-updates", "routes": {"default": "/events/task-updates"},
                 "metadata": {"rawPayload": "true"},
                 "bulkSubscribe": {"enabled": true, "maxMessagesCount": 40, "maxAwaitDurationMs": 5}}
                """));
    }

    @Test
    void aBatchIsInTheLogWhenItIsAnsweredAndTheSecondTimeChangesNothing() {
        byte[][] batch = IntStream.range(0, 50)
                .mapToObj(i -> taskEvent(user + i, user, "t" + i))
                .toArray(byte[][]::new);

        assertThat(deliver("task-updates", batch)).hasSize(50).containsOnly("SUCCESS");
        assertThat(deliver("task-updates", batch)).hasSize(50).containsOnly("SUCCESS");

        assertThat(logged(user))
                .containsExactlyElementsOf(
                        IntStream.range(0, 50).mapToObj(i -> "t" + i).toList());
    }

    @Test
    void anEventThatWasNotAskedForRawIsTakenToo() {
        HttpResponse<String> answer =
                postBatch("task-updates", APP_TOKEN, List.of(JSON.readTree(taskEvent(user, user, "t"))));

        assertThat(answer.body()).isEqualTo("{\"statuses\":[{\"entryId\":\"entry-0\",\"status\":\"SUCCESS\"}]}");
        assertThat(logged(user)).containsExactly("t");
    }

    @Test
    void whoeverIsNotTheSidecarIsRefused() {
        List<JsonNode> events = List.of(raw(taskEvent(user, user, "t")));

        assertThat(postBatch("task-updates", null, events).statusCode()).isEqualTo(401);
        assertThat(postBatch("task-updates", "wrong", events).statusCode()).isEqualTo(401);
        assertThat(logged(user)).isEmpty();
    }

    @Test
    void theBadOnesOfABatchAreQuarantinedAndNothingElseIsLost() {
        String huge = "x".repeat(300_000);
        byte[] number = new String(taskEvent(user + "-number", user, "t"), StandardCharsets.UTF_8)
                .replace("\"t\"", "1e200000")
                .getBytes(StandardCharsets.UTF_8);

        assertThat(deliver(
                        "task-updates",
                        taskEvent(user + "1", user, "first"),
                        "stray".getBytes(StandardCharsets.UTF_8),
                        taskEvent(user + "-nul", user, "\\u0000"),
                        taskEvent(user + "2", user, "second"),
                        number,
                        taskEvent(user + "-huge", user, huge),
                        taskEvent(user + "-noone", "", "t"),
                        taskEvent(user + "3", user, "third")))
                .hasSize(8)
                .containsOnly("SUCCESS");

        assertThat(logged(user)).containsExactly("first", "second", "third");
        assertThat(quarantined(user + "-nul").get("reason").asString()).isEqualTo("NUL_CHARACTER");
        assertThat(quarantined(user + "-number").get("reason").asString()).isEqualTo("NUMBER_OUT_OF_RANGE");
        assertThat(quarantined(user + "-noone").get("reason").asString()).isEqualTo("INVALID_ID");
        assertThat(quarantined(user + "-noone").get("payload").asString()).contains("\"specversion\": \"1.0\"");
    }

    @Test
    void halfACharacterBecomesAQuestionMark() {
        deliver("task-updates", taskEvent(user, user, "\\ud800"));

        assertThat(logged(user)).containsExactly("?");
    }

    @Test
    void onlyOperatorsSeeWhatWasQuarantined() {
        String path = "/api/v1/admin/rejected-events";
        assertThat(get(path, null).statusCode()).isEqualTo(401);
        assertThat(get(path, token("ada", Role.STUDENT)).statusCode()).isEqualTo(403);
        assertThat(get(path, token("ada", Role.ADMIN)).statusCode()).isEqualTo(200);
        assertThat(get(path + "?cursor=x", token("ada", Role.ADMIN)).statusCode())
                .isEqualTo(400);
        assertThat(get(path + "?limit=0", token("ada", Role.ADMIN)).headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
    }

    @Test
    void theQuarantinedArePagedNewestFirst() {
        deliver("task-updates", taskEvent(user + "a", "", "t"), taskEvent(user + "b", "", "t"));
        String operator = token("op", Role.OPERATOR);

        JsonNode first = getJson("/api/v1/admin/rejected-events?limit=1", operator);
        JsonNode second = getJson(
                "/api/v1/admin/rejected-events?limit=1&cursor="
                        + first.get("nextCursor").asString(),
                operator);

        assertThat(first.at("/items/0/eventId").asString()).isEqualTo(user + "b");
        assertThat(second.at("/items/0/eventId").asString()).isEqualTo(user + "a");
    }
}
