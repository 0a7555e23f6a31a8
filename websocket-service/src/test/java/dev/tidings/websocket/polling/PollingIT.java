package dev.tidings.websocket.polling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.tokens.Role;
import dev.tidings.websocket.ServiceUnderTest;
import dev.tidings.websocket.stream.Cursor;
import dev.tidings.websocket.stream.StreamName;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class PollingIT extends ServiceUnderTest {
    private static final String PATH = "/api/v1/events/recent";
    private final String user = unique("ada");
    private final String token = token(user, Role.USER);

    private static List<String> titles(JsonNode answer) {
        return answer.get("events")
                .valueStream()
                .map(message -> message.at("/event/title").asString())
                .toList();
    }

    @Test
    void aFirstCallTakesTheTailAndTheNextOneWhatCameSince() {
        deliver("task-updates", taskEvent(user + "0", user, "before"));
        JsonNode tail = getJson(PATH, token);
        deliver("task-updates", taskEvent(user + "1", user, "after"));

        JsonNode answer = getJson(PATH + "?cursor=" + tail.get("cursor").asString(), token);

        assertThat(tail.get("events")).isEmpty();
        assertThat(tail.get("pollAfterMs").asInt()).isEqualTo(30_000);
        assertThat(titles(answer)).containsExactly("after");
        assertThat(answer.get("hasMore").asBoolean()).isFalse();
        assertThat(answer.has("gap")).isFalse();
        JsonNode message = answer.at("/events/0");
        assertThat(message.get("type").asString()).isEqualTo("task_update");
        assertThat(message.get("id").asString()).isEqualTo(user + "1");
        assertThat(message.get("cursor").asString())
                .isEqualTo(answer.get("cursor").asString());
    }

    @Test
    void aFirstCallMayNameATimeAndGetsAtMostAHundredThenTheRest() {
        deliver(
                "task-updates",
                IntStream.range(0, 130)
                        .mapToObj(i -> taskEvent(user + i, user, "t" + i))
                        .toArray(byte[][]::new));

        JsonNode first = getJson(PATH + "?since=0", token);
        JsonNode second = getJson(PATH + "?cursor=" + first.get("cursor").asString(), token);

        assertThat(titles(first)).hasSize(100).startsWith("t0").endsWith("t99");
        assertThat(first.get("hasMore").asBoolean()).isTrue();
        assertThat(titles(second)).hasSize(30).startsWith("t100").endsWith("t129");
        assertThat(titles(getJson(PATH + "?since=" + Long.MAX_VALUE, token))).isEmpty();
    }

    @Test
    void nobodyElseSeesTheEvents() {
        deliver("task-updates", taskEvent(user, user, "mine"));

        assertThat(titles(getJson(PATH + "?since=0", token(unique("bob"), Role.USER))))
                .isEmpty();
    }

    @Test
    void aCursorForgedForARoleGrantsNothing() {
        long epoch = Cursor.decode(getJson(PATH, token).get("cursor").asString())
                .orElseThrow()
                .epoch();
        String forged = Cursor.at(epoch, Map.of(StreamName.ofRole("admin"), 0L)).encode();

        assertThat(titles(getJson(PATH + "?cursor=" + forged, token))).isEmpty();
    }

    @Test
    void anotherEpochIsToldAsAGapOfUnknownSize() {
        String foreign = Cursor.at(4711, Map.of(StreamName.ofUser(user), 3L)).encode();

        JsonNode answer = getJson(PATH + "?cursor=" + foreign, token);

        assertThat(answer.get("gap")).isEqualTo(JSON.readTree("""
                [{"type": "gap", "stream": "user"}]"""));
        assertThat(answer.get("events")).isEmpty();
    }

    @Test
    void whatIsGoneIsToldWithItsTypes() {
        String start = getJson(PATH, token).get("cursor").asString();
        deliver("task-updates", taskEvent(user + "1", user, "one"), taskEvent(user + "2", user, "two"));
        jdbc.sql("DELETE FROM business_event_log WHERE user_id = :user AND number = 1")
                .param("user", user)
                .update();

        JsonNode answer = getJson(PATH + "?cursor=" + start, token);

        assertThat(answer.at("/gap/0")).isEqualTo(JSON.readTree("""
                {"type": "gap", "stream": "user", "from": 1, "to": 1, "count": 1, "types": {"task.created": 1}}"""));
        assertThat(titles(answer)).containsExactly("two");
    }

    @Test
    void whatIsWrongIsAnsweredWithAProblem() {
        for (String query : List.of("?cursor=nonsense", "?cursor=", "?since=yesterday")) {
            HttpResponse<String> answer = get(PATH + query, token);
            assertThat(answer.statusCode()).as(query).isEqualTo(400);
            assertThat(answer.headers().firstValue("content-type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
            JsonNode problem = JSON.readTree(answer.body());
            assertThat(problem.get("type").asString()).isEqualTo("about:blank");
            assertThat(problem.at("/errors/0/field").asString())
                    .as(query)
                    .isEqualTo(query.substring(1, query.indexOf('=')));
        }
        HttpResponse<String> nobody = get(PATH, null);
        assertThat(nobody.statusCode()).isEqualTo(401);
        assertThat(nobody.headers().firstValue("www-authenticate")).hasValue("Bearer");
        assertThat(JSON.readTree(nobody.body()).get("detail").asString()).contains("Authorization");
        assertThat(get(PATH + "?since=0", "not.a.token").statusCode()).isEqualTo(401);
    }
}
