package dev.tidings.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.events.UserId;
import dev.tidings.systemtests.client.SocketClient;
import dev.tidings.systemtests.stack.Http;
import dev.tidings.systemtests.stack.OnRunningStack;
import dev.tidings.systemtests.stack.Stack;
import dev.tidings.tokens.Role;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** R-WS-5, R-EV-1: what the definition of a user id accepts travels unchanged to every screen and table; the first door refuses the rest. */
@OnRunningStack
class EveryUserIdIsCarriedIT {
    private static final JsonNode EXAMPLES =
            JsonMapper.shared().readTree(UserId.class.getResourceAsStream("user-ids.json"));

    private final Stack stack;

    EveryUserIdIsCarriedIT(Stack stack) {
        this.stack = stack;
    }

    @Test
    void anAcceptedIdIsCarriedFromTheTokenToTheScreenTheLogAndThePath() {
        for (String id : ids("accepted")) {
            String token = stack.tokens().of(id, Role.STUDENT);
            try (SocketClient socket = stack.replica(1).connect(token)) {
                assertThat(socket.ledger().messages("connected").getFirst().text("user_id"))
                        .isEqualTo(id);
                stack.tasks().create(token, "for an odd id");
                assertThat(socket.ledger()
                                .awaitTitle("for an odd id")
                                .event()
                                .path("user_id")
                                .asString())
                        .isEqualTo(id);
            }
            assertThat(stack.database().logged(id)).as(id).isPositive();
            String path = "/api/v1/students/%s/home"
                    .formatted(URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20"));
            assertThat(Http.get(stack.backend().resolve(path), token).status())
                    .as(path)
                    .isEqualTo(200);
            String journey = path.replace("students", "admin/journeys/users").replace("/home", "");
            assertThat(Http.get(stack.backend().resolve(journey), stack.tokens().of("op", Role.OPERATOR))
                            .json()
                            .path("userId")
                            .asString())
                    .as(journey)
                    .isEqualTo(id);
        }
    }

    @Test
    void aRefusedIdIsRefusedByEveryServiceWithTheReason() {
        for (JsonNode example : EXAMPLES.path("refused")) {
            String id = example.path("id").stringValue();
            if (id.isEmpty() || !StandardCharsets.UTF_8.newEncoder().canEncode(id)) {
                continue; // No issuer can write these into a token; TokenVerifierTest forges them.
            }
            String token = stack.tokens().of(id);
            try (SocketClient socket =
                    SocketClient.to(stack.replica(1).socket()).token(token).open()) {
                assertThat(socket.awaitClose()).isEqualTo(4300);
                assertThat(socket.ledger().messages("connected")).isEmpty();
            }
            for (Http.Answer answer : List.of(
                    Http.get(stack.backend().resolve("/api/tasks"), token),
                    stack.replica(1).poll(token, ""))) {
                assertThat(answer.status()).isEqualTo(401);
                assertThat(answer.body())
                        .contains(
                                id.isBlank()
                                        ? "names no user"
                                        : example.path("complaint").stringValue());
            }
        }
    }

    private static List<String> ids(String kind) {
        return EXAMPLES.path(kind)
                .valueStream()
                .map(example -> example.path("id").stringValue())
                .toList();
    }
}
