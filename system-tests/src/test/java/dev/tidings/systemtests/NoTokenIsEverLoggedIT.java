package dev.tidings.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.systemtests.client.SocketClient;
import dev.tidings.systemtests.stack.OnRunningStack;
import dev.tidings.systemtests.stack.Stack;
import dev.tidings.systemtests.stack.Tokens;
import dev.tidings.systemtests.stack.Users;
import dev.tidings.tokens.Role;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * R-WS-10 and DESIGN "Security": after all other classes, with the services at debug level, no log file holds a token that any of
 * them used, nor one of the system's secrets.
 */
@OnRunningStack
@Order(Integer.MAX_VALUE)
class NoTokenIsEverLoggedIT {

    private final Stack stack;

    NoTokenIsEverLoggedIT(Stack stack) {
        this.stack = stack;
    }

    @Test
    void noLogFileHoldsATokenGoodOrBad() {
        Tokens tokens = stack.tokens();
        String user = Users.named("logged");
        stack.replica(1).connect(tokens.of(user)).close();
        String expired = tokens.of(user, Role.USER, Duration.ofHours(-1));
        for (String token : List.of(tokens.of(user), expired)) {
            SocketClient.to(stack.replica(1).socket()).token(token).open().close();
            SocketClient.to(stack.replica(1).socket())
                    .header("Authorization", "Bearer " + token)
                    .open()
                    .close();
            SocketClient.to(stack.replica(1).socket())
                    .subprotocols("tidings.v1", "bearer." + token)
                    .open()
                    .close();
            try (SocketClient socket =
                    SocketClient.to(stack.replica(1).socket()).open()) {
                socket.send("{\"type\":\"auth\",\"token\":\"" + token + "\"}");
                socket.send("{\"type\":\"auth\",\"token\":\"" + token + "\"");
            }
            stack.tasks().post(token, "{");
            stack.replica(2).poll(token, "");
        }

        String logs = stack.logs();
        assertThat(logs).as("the logs are the right ones").contains("User connected: " + user);
        assertThat(tokens.issued().stream().flatMap(NoTokenIsEverLoggedIT::telltaleParts))
                .hasSizeGreaterThan(1)
                .noneMatch(logs::contains);
        assertThat(stack.secrets()).isNotEmpty().noneMatch(logs::contains);
    }

    /** Header, claims or signature; what is as short as a word proves nothing. */
    private static Stream<String> telltaleParts(String token) {
        return Arrays.stream(token.split("\\.")).filter(part -> part.length() > 16);
    }
}
