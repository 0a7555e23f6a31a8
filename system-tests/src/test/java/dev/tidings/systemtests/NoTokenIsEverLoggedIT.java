package dev.tidings.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.systemtests.client.SocketClient;
import dev.tidings.systemtests.stack.OnRunningStack;
import dev.tidings.systemtests.stack.Stack;
import dev.tidings.systemtests.stack.Stacks;
import dev.tidings.systemtests.stack.Tokens;
import dev.tidings.systemtests.stack.Users;
import dev.tidings.tokens.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * R-WS-10 and docs/architecture.md#security: after all other classes, with the services at debug level and every logger of the WebSocket service too,
 * no log file holds a token that any of them used, nor one of the system's secrets. Upgrades that fail in every way are among them.
 */
@OnRunningStack
@Isolated("comes after all classes that run side by side")
@Order(Integer.MAX_VALUE)
class NoTokenIsEverLoggedIT {

    /** Good, odd and broken upgrades with a token in {@code %1$s}; what each is answered is tested in the service itself. */
    private static final List<String> ODD_UPGRADES = Stream.of(
                    "GET /ws?user_id=auth0|a{b}^`\\\"<>&token=%1$s",
                    "GET /ws?x=%%zz&token=%1$s",
                    "GET /ws?%%&token=%1$s",
                    "GET /ws?%%00=&token=%1$s",
                    "GET /ws/?token=%1$s",
                    "GET /ws%%2f?token=%1$s",
                    "GET /ws/..;/ws?token=%1$s",
                    "GET http://a b/ws?token=%1$s",
                    "POST /ws?token=%1$s",
                    "TRACE /ws?token=%1$s",
                    "GET /ws?token=%1$s&" + "x".repeat(20_000))
            .flatMap(start -> Stream.of(
                            "",
                            "Origin: http://localhost:evil",
                            "Origin: |",
                            "Sec-WebSocket-Extensions: ;;;",
                            "Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=x",
                            "Sec-WebSocket-Protocol: ;;;, bearer.%1$s",
                            "Cookie: token=%1$s",
                            "Host: a b",
                            "Host: localhost:evil",
                            "Content-Length: 1\r\nContent-Length: 2",
                            "Expect: nonsense",
                            "Broken %1$s",
                            "X: " + "x".repeat(40_000))
                    .map(header -> start + " HTTP/1.1\r\nHost: localhost\r\n" + header
                            + "\r\nAuthorization: Bearer %1$s\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"))
            .toList();

    private static final List<String> ODD_REQUESTS = ODD_UPGRADES.stream()
            .map(request ->
                    request.replace(" /ws", " /api/tasks").replace("Upgrade: websocket\r\nConnection: Upgrade\r\n", ""))
            .toList();

    private static final int SHORTEST_PART = 17;

    private final Stack stack;
    private final Stacks stacks;

    NoTokenIsEverLoggedIT(Stack stack, Stacks stacks) {
        this.stack = stack;
        this.stacks = stacks;
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
                socket.trySend("{\"type\":\"auth\",\"token\":\"" + token + "\"}");
                socket.trySend("{\"type\":\"auth\",\"token\":\"" + token + "\"");
            }
            stack.tasks().post(token, "{");
            stack.replica(2).poll(token, "");
        }

        for (String token : List.of(tokens.of("auth0|" + user), expired)) {
            ODD_UPGRADES.forEach(request -> send(stack.replica(1).address(), request.formatted(token)));
            ODD_REQUESTS.forEach(request -> send(stack.backend(), request.formatted(token)));
        }

        await("the line of the connection, which shows that the logs are the right ones")
                .until(() -> stack.logs().contains("User connected: " + user));
        assertThat(stacks.all()).contains(stack).allSatisfy(NoTokenIsEverLoggedIT::assertLogsNeitherTokenNorSecret);
    }

    private static void assertLogsNeitherTokenNorSecret(Stack one) {
        String logs = one.logs();
        Set<String> parts = one.tokens().issued().stream()
                .flatMap(NoTokenIsEverLoggedIT::telltaleParts)
                .collect(Collectors.toSet());
        assertThat(parts).hasSizeGreaterThan(1);
        assertThat(partsIn(logs, parts)).isEmpty();
        assertThat(one.secrets()).isNotEmpty().noneMatch(logs::contains);
    }

    /** Those that the logs contain. One pass for all of them: there are hundreds of parts and tens of megabytes of logs. */
    private static Set<String> partsIn(String logs, Set<String> parts) {
        Map<String, List<String>> byStart =
                parts.stream().collect(Collectors.groupingBy(part -> part.substring(0, SHORTEST_PART)));
        Set<String> found = new HashSet<>();
        for (int at = 0; at + SHORTEST_PART <= logs.length(); at++) {
            for (String part : byStart.getOrDefault(logs.substring(at, at + SHORTEST_PART), List.of())) {
                if (logs.startsWith(part, at)) {
                    found.add(part);
                }
            }
        }
        return found;
    }

    @Test
    void aPartIsFoundWhereverItStands() {
        String other = "b".repeat(SHORTEST_PART);
        String start = "a".repeat(SHORTEST_PART);
        assertThat(partsIn("x" + start + "1" + other, Set.of(start + "1", start + "2", other, "c".repeat(20))))
                .containsExactlyInAnyOrder(start + "1", other);
    }

    /** Sends the request as it stands and waits for the first byte of an answer, or the end. */
    private static void send(URI service, String request) {
        try (Socket socket = new Socket(service.getHost(), service.getPort())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getInputStream().read();
        } catch (SocketException refusedBeforeAllWasSent) {
            // The service may close while the request is still being written.
        } catch (IOException e) {
            throw new UncheckedIOException(request.lines().findFirst().orElseThrow(), e);
        }
    }

    /** Header, claims or signature; what is as short as a word proves nothing. */
    private static Stream<String> telltaleParts(String token) {
        return Arrays.stream(token.split("\\.")).filter(part -> part.length() >= SHORTEST_PART);
    }
}
