package dev.tidings.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.systemtests.client.SocketClient;
import dev.tidings.systemtests.stack.OnRunningStack;
import dev.tidings.systemtests.stack.Stack;
import dev.tidings.systemtests.stack.Users;
import dev.tidings.tokens.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** R-WS-5: login by the first message, its time limit, renewal in band and the end with the token. */
@OnRunningStack
class AConnectionLivesAsLongAsItsTokenIT {

    private static final Duration SHORT = Duration.ofSeconds(6);

    private final Stack stack;
    private final String user = Users.named("lifetime");

    AConnectionLivesAsLongAsItsTokenIT(Stack stack) {
        this.stack = stack;
    }

    @Test
    void theTokenMayComeInTheFirstMessage() {
        String token = stack.tokens().of(user);
        try (SocketClient socket = to().open()) {
            socket.send(auth(token, ""));
            socket.awaitConnected();
            stack.tasks().create(token, "hello");
            socket.ledger().awaitTitle("hello");
        }
    }

    @Test
    void theFirstMessageMayCarryTheCursor() {
        String token = stack.tokens().of(user);
        String cursor;
        try (SocketClient socket = stack.replica(1).connect(token)) {
            cursor = socket.ledger().cursor();
        }
        stack.tasks().create(token, "missed");
        try (SocketClient socket = to().open()) {
            socket.send(auth(token, cursor));
            socket.ledger().awaitTitle("missed");
        }
    }

    @Test
    void aBadTokenInTheFirstMessageIsRefusedAsInTheUrl() {
        try (SocketClient invalid = to().open();
                SocketClient expired = to().open()) {
            invalid.send(auth("nonsense", ""));
            expired.send(auth(stack.tokens().of(user, Role.USER, Duration.ofHours(-1)), ""));
            assertThat(invalid.awaitClose()).isEqualTo(4300);
            assertThat(expired.awaitClose()).isEqualTo(4200);
            assertThat(invalid.ledger().messages("connected")).isEmpty();
        }
    }

    @Test
    void whoSaysNothingOrSomethingElseInTimeIsSentAway() {
        try (SocketClient silent = to().open();
                SocketClient talking = to().open()) {
            talking.send("{\"type\":\"ping\"}");
            talking.ledger().awaitMessage("error");
            assertThat(silent.awaitClose()).isBetween(4200, 4299);
            assertThat(talking.awaitClose()).isBetween(4200, 4299);
            assertThat(talking.ledger().messages("pong"))
                    .as("nothing is answered before the login")
                    .isEmpty();
        }
    }

    @Test
    void aConnectionIsWarnedAndEndsWhenItsTokenExpires() {
        Duration longEnoughToBeWarned = Duration.ofSeconds(10);
        String token = stack.tokens().of(user, Role.USER, longEnoughToBeWarned);
        try (SocketClient socket = stack.replica(1).connect(token)) {
            assertThat(socket.awaitClose()).isEqualTo(4200);
            assertThat(socket.ledger().messages("token_expiring")).hasSize(1);
        }
    }

    @Test
    void aRenewedConnectionOutlivesItsFirstToken() {
        Instant end = Instant.now().plus(SHORT);
        try (SocketClient socket = stack.replica(1).connect(stack.tokens().of(user, Role.USER, SHORT))) {
            socket.send(auth(stack.tokens().of(user), ""));
            await("the first token's end").until(() -> Instant.now().isAfter(end.plusSeconds(2)));

            socket.send("{\"type\":\"ping\"}");
            socket.ledger().awaitMessage("pong");
            assertThat(socket.closeCode()).isEmpty();
            assertThat(socket.ledger().messages("connected")).hasSize(1);
        }
    }

    @Test
    void aRenewalForAnotherUserOrWithABadTokenEndsTheConnection() {
        List<String> bad = List.of(stack.tokens().of(Users.named("other")), "nonsense");
        for (String token : bad) {
            try (SocketClient socket = stack.replica(2).connect(stack.tokens().of(user))) {
                socket.send(auth(token, ""));
                assertThat(socket.awaitClose()).isBetween(4300, 4399);
            }
        }
    }

    @Test
    void aRenewalWithAnotherRoleAsksForAReconnect() {
        try (SocketClient socket = stack.replica(1).connect(stack.tokens().of(user, Role.STUDENT))) {
            socket.send(auth(stack.tokens().of(user, Role.TRAINER), ""));
            assertThat(socket.awaitClose()).isBetween(4000, 4099);
        }
    }

    private SocketClient.Builder to() {
        return SocketClient.to(stack.replica(1).socket());
    }

    private static String auth(String token, String cursor) {
        return cursor.isEmpty()
                ? "{\"type\":\"auth\",\"token\":\"%s\"}".formatted(token)
                : "{\"type\":\"auth\",\"token\":\"%s\",\"cursor\":\"%s\"}".formatted(token, cursor);
    }
}
