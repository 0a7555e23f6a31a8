package dev.tidings.websocket.socket;

import static dev.tidings.websocket.socket.SocketServer.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tidings.tokens.Role;
import dev.tidings.websocket.delivery.ConnectionInfo;
import dev.tidings.websocket.stream.Cursor;
import dev.tidings.websocket.stream.LoggedEvent;
import dev.tidings.websocket.stream.StreamName;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The wire protocol on a real socket: what is sent, resumed, refused and ended (docs/protocol.md). */
class SocketIT {
    private static SocketServer server;
    private static int users;

    private String user;
    private StreamName stream;

    @BeforeAll
    static void start() {
        server = SocketServer.start("tidings.delivery.connections-per-user=3", "tidings.delivery.sweep-interval=200ms");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void aNewUser() {
        user = "user-" + ++users;
        stream = StreamName.ofUser(user);
    }

    private TestClient connect(String more) {
        return TestClient.connect(server.uri("?token=" + token(user) + more));
    }

    @Test
    void anAcknowledgementOfWhatWasNotSentIsAMistake() {
        try (TestClient client = connect("")) {
            Cursor start = Cursor.decode(client.next("connected").path("cursor").asString())
                    .orElseThrow();
            String forged =
                    Cursor.at(start.epoch(), Map.of(stream, Long.MAX_VALUE)).encode();
            client.send("{\"type\":\"ping\",\"cursor\":\"" + forged + "\"}");
            assertThat(client.next("error").path("code").asString()).isEqualTo("invalid_cursor");
            assertThat(server.hub().progress(stream).getFirst().acknowledgedUpTo())
                    .isNull();
            server.deliver(stream);
            String seen = client.next("task_update").path("cursor").asString();
            client.send("{\"type\":\"ping\",\"cursor\":\"" + seen + "\"}");
            client.next("pong");
            assertThat(server.hub().progress(stream).getFirst().acknowledgedUpTo())
                    .isEqualTo(1);
        }
    }

    @Test
    void theFirstMessageSaysConnected() {
        try (TestClient client = connect("&user_id=" + user)) {
            JsonNode connected = client.next("connected");
            assertThat(connected.path("message").asString()).isEqualTo("WebSocket connected successfully");
            assertThat(connected.path("user_id").asString()).isEqualTo(user);
            assertThat(connected.path("timestamp").asString())
                    .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
            assertThat(Cursor.decode(connected.path("cursor").asString())).isPresent();
        }
    }

    @Test
    void aTaskEventReachesEveryConnectionOfItsUserAndNobodyElse() {
        try (TestClient one = connect("");
                TestClient two = connect("");
                TestClient other = TestClient.connect(server.uri("?token=" + token(user + "-other")))) {
            List.of(one, two, other).forEach(client -> client.next("connected"));
            LoggedEvent event = server.deliver(stream);
            for (TestClient client : List.of(one, two)) {
                JsonNode message = client.next("task_update");
                assertThat(message.path("event").path("event_type").asString()).isEqualTo("task.created");
                assertThat(message.path("id").asString()).isEqualTo(event.id());
                assertThat(message.path("source").asString()).isEqualTo("backend");
            }
            other.send("{\"type\":\"ping\"}");
            other.next("pong");
        }
    }

    @Test
    void aRolesEventReachesItsHolders() {
        try (TestClient client =
                TestClient.connect(server.uri("?token=" + token(user, Role.TRAINER, Duration.ofHours(1))))) {
            client.next("connected");
            server.deliver(StreamName.ofRole("trainer"));
            client.next("task_update");
        }
    }

    @Test
    void presenceIsToldBeforeTheConnectionAndAfterItsEnd() {
        try (TestClient client = connect("")) {
            client.next("connected");
            assertThat(server.presence().told).contains("opened " + stream, "opened role:student");
        }
        await().untilAsserted(() -> assertThat(server.presence().told).contains("closed " + stream));
        assertThat(server.hub().countByUser()).doesNotContainKey(user);
    }

    @Test
    void aTokenIsTakenFromTheAuthorizationHeader() {
        try (TestClient client = TestClient.withHeader(server.uri(""), "Authorization", "Bearer " + token(user))) {
            client.next("connected");
        }
    }

    @Test
    void aTokenIsTakenFromTheSubprotocolWhichIsNotAnsweredBack() {
        try (TestClient client = TestClient.withSubprotocols(server.uri(""), "tidings.v1", "bearer." + token(user))) {
            client.next("connected");
            assertThat(client.subprotocol()).isEqualTo("tidings.v1");
        }
    }

    @Test
    void aTokenIsTakenFromTheFirstMessage() {
        try (TestClient client = TestClient.connect(server.uri(""))) {
            client.send("{\"type\":\"ping\"}");
            assertThat(client.next("error").path("code").asString()).isEqualTo("unauthenticated");
            client.send("{\"type\":\"auth\",\"token\":\"" + token(user) + "\"}");
            assertThat(client.next("connected").path("user_id").asString()).isEqualTo(user);
        }
    }

    @Test
    void aClientThatComesBackGetsWhatItMissedAndThenWhatIsNew() {
        String cursor;
        try (TestClient client = connect("")) {
            client.next("connected");
            server.deliver(stream);
            cursor = client.next("task_update").path("cursor").asString();
        }
        List<String> missed =
                server.append(stream, 250, "").stream().map(LoggedEvent::id).toList();
        try (TestClient client = connect("&cursor=" + cursor)) {
            assertThat(client.next("connected").path("cursor").asString()).isEqualTo(cursor);
            assertThat(client.nextTitles(250)).isEqualTo(missed);
            LoggedEvent live = server.deliver(stream);
            assertThat(client.nextTitles(1)).containsExactly(live.id());
        }
    }

    @Test
    void theCursorMayComeInTheAuthMessage() {
        String cursor = Cursor.at(server.log().epoch(), Map.of(stream, 0L)).encode();
        server.append(stream, 1, "");
        try (TestClient client = TestClient.connect(server.uri(""))) {
            client.send("{\"type\":\"auth\",\"token\":\"%s\",\"cursor\":\"%s\"}".formatted(token(user), cursor));
            client.next("connected");
            client.next("task_update");
        }
    }

    @Test
    void whatIsGoneIsToldTruthfully() {
        server.append(stream, 5, "");
        server.log().expire(stream, 3);
        String cursor = Cursor.at(server.log().epoch(), Map.of(stream, 1L)).encode();
        try (TestClient client = connect("&cursor=" + cursor)) {
            client.next("connected");
            JsonNode gap = client.next("gap");
            assertThat(gap.path("stream").asString()).isEqualTo("user");
            assertThat(gap.path("from").asLong()).isEqualTo(2);
            assertThat(gap.path("to").asLong()).isEqualTo(3);
            assertThat(gap.path("count").asLong()).isEqualTo(2);
            assertThat(gap.path("types").path("task.created").asLong()).isEqualTo(2);
            assertThat(gap.path("cursor").asString()).isEqualTo(cursorAt(3));
            client.nextTitles(2);
        }
    }

    private String cursorAt(long number) {
        StreamName role = StreamName.ofRole("student");
        long roleTail = server.log().tails(List.of(role)).getOrDefault(role, 0L);
        return Cursor.at(server.log().epoch(), Map.of(stream, number, role, roleTail))
                .encode();
    }

    @Test
    void aCursorOfAnotherEpochIsAGapOfUnknownSize() {
        server.append(stream, 2, "");
        startsAtTheTailAfterAGap(Cursor.at(server.log().epoch() + 99, Map.of(stream, 1L)));
    }

    @Test
    void aCursorFromAboveTheTailIsAGapOfUnknownSize() {
        server.append(stream, 2, "");
        startsAtTheTailAfterAGap(Cursor.at(server.log().epoch(), Map.of(stream, 77L)));
    }

    private void startsAtTheTailAfterAGap(Cursor cursor) {
        try (TestClient client = connect("&cursor=" + cursor.encode())) {
            assertThat(client.next("connected").path("cursor").asString()).isEqualTo(cursor.encode());
            JsonNode gap = client.next("gap");
            assertThat(gap.has("from") || gap.has("to") || gap.has("count")).isFalse();
            assertThat(gap.path("cursor").asString()).isEqualTo(cursorAt(2));
            LoggedEvent live = server.deliver(stream);
            assertThat(client.nextTitles(1)).containsExactly(live.id());
        }
    }

    @Test
    void aCursorOfAnotherUserOrForgedForARoleOpensNothing() {
        StreamName foreign = StreamName.ofUser(user + "-other");
        StreamName admins = StreamName.ofRole("admin");
        server.append(foreign, 3, "");
        server.append(admins, 3, "");
        String forged =
                Cursor.at(server.log().epoch(), Map.of(foreign, 0L, admins, 0L)).encode();
        try (TestClient client = connect("&cursor=" + forged)) {
            client.next("connected");
            client.send("{\"type\":\"ping\"}");
            client.next("pong");
        }
    }

    @Test
    void aTextThatIsNoCursorIsAnErrorAndTheConnectionStartsNow() {
        try (TestClient client = connect("&cursor=no-cursor")) {
            client.next("connected");
            assertThat(client.next("error").path("code").asString()).isEqualTo("invalid_cursor");
            server.deliver(stream);
            client.next("task_update");
        }
    }

    @Test
    void aPushThatWasLostIsFoundByTheSweep() {
        try (TestClient client = connect("")) {
            client.next("connected");
            double before = server.count("tidings.websocket.gaps.healed", "found_by", "sweep");
            List<LoggedEvent> lost = server.append(stream, 2, "");
            assertThat(client.nextTitles(2))
                    .isEqualTo(lost.stream().map(LoggedEvent::id).toList());
            assertThat(server.count("tidings.websocket.gaps.healed", "found_by", "sweep"))
                    .isGreaterThan(before);
        }
    }

    @Test
    void aSlowReaderIsCaughtUpAndNotCut() {
        try (TestClient client = connect("")) {
            client.next("connected");
            client.stopReading();
            String padding = "x".repeat(20_000);
            List<String> pushed = new ArrayList<>();
            // How much the kernel takes for a reader that stands still is its own affair, and may be many megabytes.
            await().pollInterval(Duration.ofMillis(1)).until(() -> {
                List<LoggedEvent> events = server.append(stream, 20, padding);
                server.hub().push(events);
                events.forEach(event -> pushed.add(event.id()));
                return isSlow();
            });
            client.goOnReading();
            assertThat(client.nextTitles(pushed.size())).isEqualTo(pushed);
        }
    }

    private boolean isSlow() {
        return server.hub()
                .list(new ConnectionInfo.Query(user, "", 1))
                .getFirst()
                .slow();
    }

    @Test
    void aPingIsAnsweredByAPongAndItsCursorAcknowledges() {
        try (TestClient client = connect("")) {
            String cursor = client.next("connected").path("cursor").asString();
            client.send("{\"type\":\"ping\",\"cursor\":\"" + cursor + "\",\"unknown\":1}");
            client.next("pong");
            client.send("{\"type\":\"ping\",\"cursor\":\"nonsense\"}");
            assertThat(client.next("error").path("code").asString()).isEqualTo("invalid_cursor");
        }
    }

    @Test
    void aSubscribeIsAnswered() {
        try (TestClient client = connect("")) {
            client.next("connected");
            client.send("{\"type\":\"subscribe\",\"channel\":\"orders\"}");
            assertThat(client.next("subscribed").path("channel").asString()).isEqualTo("orders");
        }
    }

    @Test
    void whatIsWrongGetsAnErrorAndTheConnectionStays() {
        try (TestClient client = connect("")) {
            client.next("connected");
            Map<String, String> wrong = Map.of(
                    "{\"type\":\"dance\"}", "unknown_type",
                    "{}", "unknown_type",
                    "{\"type\":7}", "unknown_type",
                    "{\"type\":", "malformed",
                    "[1,2]", "malformed",
                    "\"ping\"", "malformed",
                    "{\"type\":\"subscribe\"}", "invalid_channel",
                    "{\"type\":\"auth\"}", "invalid_auth");
            wrong.forEach((text, code) -> {
                client.send(text);
                assertThat(client.next("error").path("code").asString())
                        .as(text)
                        .isEqualTo(code);
            });
            server.deliver(stream);
            client.next("task_update");
        }
    }

    @Test
    void whoGoesOnWithMistakesIsDisconnected() {
        try (TestClient client = connect("")) {
            client.next("connected");
            for (int i = 0; i < 15; i++) {
                client.send("nonsense");
            }
            assertThat(client.closeCode()).isEqualTo(4302);
        }
    }

    @Test
    void whoSendsTooFastIsToldAndThenDisconnected() {
        try (TestClient client = connect("")) {
            client.next("connected");
            for (int i = 0; i < 200; i++) {
                client.send("{\"type\":\"ping\"}");
            }
            assertThat(client.closeCode()).isEqualTo(4302);
            assertThat(client.unread())
                    .anyMatch(message -> message.path("code").asString("").equals("rate_limited"));
        }
    }

    @Test
    void aBinaryMessageEndsTheConnection() {
        try (TestClient client = connect("")) {
            client.next("connected");
            client.sendBinary(new byte[] {1, 2, 3});
            assertThat(client.next("bye").path("reconnect").asBoolean()).isFalse();
            assertThat(client.closeCode()).isEqualTo(4303);
        }
    }

    @Test
    void aMessageAboveTheLimitEndsTheConnection() {
        try (TestClient client = connect("")) {
            client.next("connected");
            client.send("{\"type\":\"ping\",\"padding\":\"" + "x".repeat(20_000) + "\"}");
            assertThat(client.next("bye").path("code").asInt()).isEqualTo(4304);
            assertThat(client.closeCode()).isEqualTo(4304);
        }
    }

    @Test
    void aMessageFarAboveTheLimitIsNotEvenRead() {
        try (TestClient client = connect("")) {
            client.next("connected");
            // In parts, the last of them one byte: who still writes when the server closes may see a reset instead.
            for (int part = 0; part < 4; part++) {
                client.sendPart("x".repeat(16_384));
            }
            client.sendPart("x");
            assertThat(client.closeCode()).isEqualTo(1009);
        }
    }

    @Test
    void aUserHoldsNoMoreConnectionsThanAllowed() {
        List<TestClient> clients = new ArrayList<>();
        try {
            // One after the other: an upgrade is answered before its login, so logins may overtake each other.
            for (int i = 0; i < 3; i++) {
                clients.add(connect(""));
                clients.getLast().next("connected");
            }
            clients.add(connect(""));
            assertThat(clients.getLast().closeCode()).isEqualTo(4305);
            assertThat(clients.getLast().unread()).isEmpty();
        } finally {
            clients.forEach(TestClient::close);
        }
    }

    @Test
    void aForeignPageMayNotConnect() {
        assertThatThrownBy(() ->
                        TestClient.withHeader(server.uri("?token=" + token(user)), "Origin", "https://evil.example"))
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        refusal ->
                                assertThat(refusal.getResponse().statusCode()).isEqualTo(403));
    }

    @Test
    void aReplicaThatStopsSaysWhenToComeBack() {
        try (SocketServer stopping = SocketServer.start();
                TestClient client = TestClient.connect(stopping.uri("?token=" + token(user)))) {
            client.next("connected");
            stopping.close();
            JsonNode bye = client.next("bye");
            assertThat(bye.path("code").asInt()).isEqualTo(4000);
            assertThat(bye.path("reconnect").asBoolean()).isTrue();
            assertThat(bye.path("after_ms").asLong()).isBetween(0L, 3000L);
            assertThat(client.closeCode()).isEqualTo(4000);
        }
    }
}
