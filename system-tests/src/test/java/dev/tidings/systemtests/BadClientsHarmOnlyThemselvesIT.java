package dev.tidings.systemtests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.systemtests.client.RawSocket;
import dev.tidings.systemtests.client.SocketClient;
import dev.tidings.systemtests.stack.OnRunningStack;
import dev.tidings.systemtests.stack.Stack;
import dev.tidings.systemtests.stack.Users;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** R-WS-3 and issue "Bad input": each mistake has its defined answer, and a bystander on the same replica notices nothing. */
@OnRunningStack
class BadClientsHarmOnlyThemselvesIT {

    private static final int TOO_LARGE = 4304;
    private static final int MESSAGE_LIMIT = 16_384;

    private final Stack stack;
    private final String token;
    private final String bystandersToken;
    private final SocketClient bystander;

    BadClientsHarmOnlyThemselvesIT(Stack stack) {
        this.stack = stack;
        this.token = stack.tokens().of(Users.named("rude"));
        this.bystandersToken = stack.tokens().of(Users.named("bystander"));
        this.bystander = stack.replica(1).connect(bystandersToken);
    }

    @AfterEach
    void theBystanderNoticedNothing() {
        stack.tasks().create(bystandersToken, "still here");
        bystander.ledger().awaitTitle("still here");
        assertThat(bystander.closeCode()).isEmpty();
        bystander.close();
    }

    @Test
    void pingIsAnsweredByPongAndSubscribeBySubscribed() {
        try (SocketClient socket = connect()) {
            socket.send("{\"type\":\"ping\"}");
            socket.ledger().awaitMessage("pong");
            socket.send("{\"type\":\"subscribe\",\"channel\":\"orders\",\"unknown\":[1,2]}");
            assertThat(socket.ledger().awaitMessage("subscribed").text("channel"))
                    .isEqualTo("orders");
        }
    }

    @Test
    void whatIsNoMessageIsAnsweredByAnErrorAndTheConnectionGoesOn() {
        Map<String, String> mistakes = Map.of(
                "not JSON",
                "malformed",
                "{\"type\":\"ping\"} trailing",
                "malformed",
                "[\"ping\"]",
                "malformed",
                "[".repeat(5_000),
                "malformed",
                "{}",
                "unknown_type",
                "{\"type\":\"explode\"}",
                "unknown_type",
                "{\"type\":42}",
                "unknown_type",
                "{\"type\":\"ping\",\"cursor\":\"nonsense\"}",
                "invalid_cursor");
        try (SocketClient socket = connect()) {
            mistakes.forEach((text, code) -> {
                int errors = socket.ledger().messages("error").size();
                socket.send(text);
                await("an answer to " + text)
                        .until(() -> socket.ledger().messages("error").size() > errors);
                assertThat(socket.ledger().messages("error").getLast().text("code"))
                        .as(text)
                        .isEqualTo(code);
            });
            socket.send("{\"type\":\"ping\"}");
            socket.ledger().awaitMessage("pong");
        }
    }

    @Test
    void whoMakesNothingButMistakesIsClosed() {
        try (SocketClient socket = connect()) {
            IntStream.range(0, 12).forEach(_ -> socket.trySend("nonsense"));
            assertThat(socket.awaitClose()).isEqualTo(4302);
        }
    }

    @Test
    void whoTalksTooMuchIsToldAndThenClosed() {
        try (SocketClient socket = connect()) {
            for (int n = 0; n < 1_000 && socket.closeCode().isEmpty(); n++) {
                socket.trySend("{\"type\":\"ping\"}");
            }
            assertThat(socket.awaitClose()).isEqualTo(4302);
            assertThat(socket.ledger().messages("error"))
                    .extracting(error -> error.text("code"))
                    .contains("rate_limited");
        }
    }

    @Test
    void aBinaryMessageIsRefused() {
        try (SocketClient socket = connect()) {
            socket.sendBinary(new byte[] {1, 2, 3});
            assertThat(socket.awaitClose()).isEqualTo(4303);
        }
    }

    @Test
    void aMessageAboveTheLimitIsRefusedInOneFrameInFragmentsAndHoweverMuchIsAnnounced() {
        byte[] piece = " ".repeat(1_000).getBytes(UTF_8);
        try (RawSocket whole = raw();
                RawSocket fragments = raw();
                RawSocket endless = raw();
                RawSocket announced = raw()) {
            whole.send(RawSocket.TEXT, " ".repeat(MESSAGE_LIMIT + 1));
            assertThat(whole.awaitClose()).isIn(TOO_LARGE, 1009);

            sendFragments(fragments, piece, 20);
            fragments.frame(true, RawSocket.CONTINUATION, piece, true);
            assertThat(fragments.awaitClose()).isIn(TOO_LARGE, 1009);

            sendFragments(endless, piece, 66); // beyond what is read to find the end of a message
            assertThat(endless.awaitClose()).isIn(TOO_LARGE, 1009);

            announced.announce(RawSocket.TEXT, 1L << 40, 8 * MESSAGE_LIMIT);
            assertThat(announced.awaitClose()).isIn(TOO_LARGE, 1009);
        }
    }

    private static void sendFragments(RawSocket socket, byte[] piece, int count) {
        socket.frame(false, RawSocket.TEXT, piece, true);
        for (int n = 1; n < count; n++) {
            socket.frame(false, RawSocket.CONTINUATION, piece, true);
        }
    }

    @Test
    void aMessageInFragmentsWithAPingBetweenIsUnderstood() {
        try (RawSocket socket = raw()) {
            socket.frame(false, RawSocket.TEXT, "{\"type\":".getBytes(UTF_8), true);
            socket.send(RawSocket.PING, "are you there?");
            socket.frame(true, RawSocket.CONTINUATION, "\"ping\"}".getBytes(UTF_8), true);
            socket.awaitMessage("pong");
        }
    }

    @Test
    void whatBreaksTheWebSocketProtocolIsClosedWithItsCode() {
        try (RawSocket badUtf8 = raw();
                RawSocket unmasked = raw();
                RawSocket reserved = raw()) {
            badUtf8.send(RawSocket.TEXT, new byte[] {'"', (byte) 0xc3, (byte) 0x28, '"'});
            assertThat(badUtf8.awaitClose()).isEqualTo(1007);
            unmasked.frame(true, RawSocket.TEXT, "{\"type\":\"ping\"}".getBytes(UTF_8), false);
            assertThat(unmasked.awaitClose()).isEqualTo(1002);
            reserved.send(0x5, "?");
            assertThat(reserved.awaitClose()).isEqualTo(1002);
        }
    }

    /** On the second replica, which this stack lets wait for 5 s only. */
    @Test
    void aHalfOpenConnectionIsGivenUpByHeartbeat() {
        String user = Users.named("half open");
        try (RawSocket socket =
                RawSocket.connect(stack.replica(2).socket(), stack.tokens().of(user))) {
            socket.awaitMessage("connected");
            await("it is counted").until(() -> stack.replica(2).connectionsOf(user) == 1);
            assertThat(socket.awaitClose()).isIn(4102, SocketClient.NO_CLOSE_FRAME);
            await("it is forgotten").until(() -> stack.replica(2).connectionsOf(user) == 0);
        }
    }

    @Test
    void anIdleConnectionThatAnswersPingsStays() {
        try (RawSocket socket = RawSocket.connect(stack.replica(2).socket(), token)) {
            for (int pings = 0; pings < 4; ) {
                RawSocket.Frame frame = socket.read().orElseThrow();
                if (frame.opcode() == RawSocket.PING) {
                    pings++;
                    socket.send(RawSocket.PONG, frame.payload());
                } else {
                    assertThat(frame.opcode()).isEqualTo(RawSocket.TEXT);
                }
            }
        }
    }

    /** Past the documented limit of connections the user is refused, others are not. */
    @Test
    void oneUserCannotTakeAllConnections() {
        List<SocketClient> tabs =
                IntStream.range(0, 20).mapToObj(_ -> connect()).toList();
        try (SocketClient oneTooMany =
                SocketClient.to(stack.replica(1).socket()).token(token).open()) {
            assertThat(oneTooMany.awaitClose()).isEqualTo(4305);
            assertThat(tabs).allSatisfy(tab -> assertThat(tab.closeCode()).isEmpty());
        } finally {
            tabs.forEach(SocketClient::close);
        }
    }

    private SocketClient connect() {
        return stack.replica(1).connect(token);
    }

    private RawSocket raw() {
        return RawSocket.connect(stack.replica(1).socket(), token);
    }
}
