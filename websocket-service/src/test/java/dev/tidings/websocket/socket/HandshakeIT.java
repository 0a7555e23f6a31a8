package dev.tidings.websocket.socket;

import static dev.tidings.websocket.socket.SocketServer.token;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.tokens.Role;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Upgrade requests that are odd or wrong (R-WS-5, R-RL-5): everyday characters work, mistakes are answered with a problem
 * document that names them, and no log line shows a token, even with every logger at debug.
 */
@ExtendWith(OutputCaptureExtension.class)
class HandshakeIT {
    private static SocketServer server;

    @BeforeAll
    static void start() {
        server = SocketServer.start("logging.level.root=debug", "tidings.socket.allowed-origins=https://*.example.com");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static URI endpoint() {
        return server.uri("");
    }

    private static void assertUnlogged(CapturedOutput output, String token) {
        assertThat(output.getAll()).doesNotContain(signature(token)).doesNotContain(claims(token));
    }

    private static String signature(String token) {
        return token.substring(token.lastIndexOf('.') + 1);
    }

    private static String claims(String token) {
        return token.split("\\.", -1)[1];
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "auth0|123",
                "a{b}c",
                "a^b",
                "a`b",
                "a\\b",
                "a\"b",
                "a<b>c",
                "a[b]c",
                "jörg",
                "日本",
                "😀",
                "a@b:c/d?e"
            })
    void aUserIdMayStandInTheQueryAsItIs(String user, CapturedOutput output) {
        String token = token(user);
        for (String written : List.of(user, URLEncoder.encode(user, StandardCharsets.UTF_8))) {
            String request = RawUpgrade.request(endpoint(), "?user_id=" + written + "&token=" + token);
            try (RawUpgrade upgrade = RawUpgrade.send(endpoint(), request)) {
                assertThat(upgrade.status()).as(written).isEqualTo(101);
                assertThat(upgrade.message().path("user_id").asString()).isEqualTo(user);
            }
        }
        assertUnlogged(output, token);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "=", "&&", "x=a|b", "token", "x=%41"})
    void whateverElseStandsInTheQueryIsIgnored(String more, CapturedOutput output) {
        String token = token("user-123");
        String request = RawUpgrade.request(endpoint(), "?" + more + "&token=" + token);
        try (RawUpgrade upgrade = RawUpgrade.send(endpoint(), request)) {
            assertThat(upgrade.status()).isEqualTo(101);
            assertThat(upgrade.message().path("type").asString()).isEqualTo("connected");
        }
        assertUnlogged(output, token);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x=%", "x=%zz", "x=%ff", "%74=%", "user_id=%"})
    void aBrokenEscapeIsNamedAsTheMistake(String more, CapturedOutput output) {
        String token = token("user-123");
        String request = RawUpgrade.request(endpoint(), "?" + more + "&token=" + token);
        try (RawUpgrade upgrade = RawUpgrade.send(endpoint(), request)) {
            assertThat(upgrade.status()).isEqualTo(400);
            JsonNode problem = JsonMapper.shared().readTree(upgrade.body());
            assertThat(problem.path("errors").path(0).path("message").asString())
                    .isNotBlank();
        }
        assertUnlogged(output, token);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "permessage-deflate",
                "permessage-deflate; client_max_window_bits",
                "permessage-deflate; nonsense=1",
                "nonsense"
            })
    void everyOfferedExtensionIsDeclined(String extension) {
        String request = RawUpgrade.request(endpoint(), "", "Sec-WebSocket-Extensions: " + extension);
        try (RawUpgrade upgrade = RawUpgrade.send(endpoint(), request)) {
            assertThat(upgrade.status()).isEqualTo(101);
            assertThat(upgrade.hasHeader("Sec-WebSocket-Extensions")).isFalse();
        }
    }

    static Stream<Arguments> wrongRequests() {
        return Stream.of(
                wrong(403, "Origin: https://evil.example.org"),
                wrong(403, "Origin: null"),
                wrong(400, "Origin: http://localhost:evil"),
                wrong(400, "Origin: http://localhost:99999"),
                wrong(400, "Origin: http://"),
                wrong(400, "Origin: |"),
                wrong(400, "Origin: http://a b"),
                wrong(400, "Origin: %zz"),
                wrong(400, "Origin: https://www.example.com\r\nOrigin: https://www.example.com"),
                wrong(400, "Sec-WebSocket-Extensions: ;;;"),
                wrong(400, "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits=\"\r\nX: y"),
                wrong(400, "Sec-WebSocket-Extensions: =,=;="),
                wrong(400, "Sec-WebSocket-Extensions: " + "x;".repeat(2_000) + "x"),
                replaced(426, "Sec-WebSocket-Version: 13", "Sec-WebSocket-Version: 12"),
                replaced(426, "Sec-WebSocket-Version: 13", "X: y"),
                replaced(426, "Upgrade: websocket", "X: y"),
                replaced(426, "HTTP/1.1", "HTTP/1.0"),
                replaced(426, "Upgrade: websocket", "Upgrade: h2c"),
                replaced(400, "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "X: y"),
                replaced(400, "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Key: short"),
                replaced(405, "GET /ws", "POST /ws"),
                replaced(405, "GET /ws", "HEAD /ws"));
    }

    private static Arguments wrong(int status, String header) {
        return Arguments.of(status, "Host: 127.0.0.1", "Host: 127.0.0.1", header);
    }

    private static Arguments replaced(int status, String from, String to) {
        return Arguments.of(status, from, to, "X-Unused: 1");
    }

    @ParameterizedTest(name = "{0}: {2} {3}")
    @MethodSource("wrongRequests")
    void aWrongRequestIsAnsweredWithItsMistake(
            int status, String from, String to, String header, CapturedOutput output) {
        String token = token("user-123");
        String request = RawUpgrade.request(endpoint(), "?token=" + token, header, "Authorization: Bearer " + token)
                .replace(from, to);
        try (RawUpgrade upgrade = RawUpgrade.send(endpoint(), request)) {
            assertThat(upgrade.status()).isEqualTo(status);
            if (!to.startsWith("HEAD")) {
                assertThat(upgrade.hasHeader("Content-Type", "application/problem+json"))
                        .isTrue();
                JsonNode problem = JsonMapper.shared().readTree(upgrade.body());
                assertThat(problem.path("status").asInt()).isEqualTo(status);
                assertThat(problem.path("detail").asString()).isNotBlank();
                assertThat(problem.path("errors").isArray()).isTrue();
                assertThat(problem.toString()).doesNotContain(signature(token)).doesNotContain("Exception");
            }
            assertThat(upgrade.hasHeader("Upgrade", "websocket")).isEqualTo(status == 426);
        }
        assertUnlogged(output, token);
        assertThat(output.getAll()).doesNotContain("\tat ");
    }

    /** Requests that the HTTP parser refuses, or that are odd and harmless. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: a b",
                "Host: localhost:evil",
                "Host: [::1",
                "Host: a\r\nHost: b",
                "Host: a\r\nConnection: close",
                "Host:",
                "Host: %zz",
                "Host: <script>",
                "Host: 127.0.0.1\r\n broken: folded",
                "Host: 127.0.0.1\r\nno-colon",
                "Host: 127.0.0.1\r\nContent-Length: 1\r\nContent-Length: 2",
                "Host: 127.0.0.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked",
                "Host: 127.0.0.1\r\nTransfer-Encoding: nonsense",
                "Host: 127.0.0.1\r\nExpect: nonsense",
                "Host: 127.0.0.1\r\nX: \u0000",
                "Host: 127.0.0.1\r\nSec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=x",
                "Host: 127.0.0.1\r\nSec-WebSocket-Extensions: permessage-deflate; client_max_window_bits=99",
                "Host: 127.0.0.1\r\nSec-WebSocket-Extensions: permessage-deflate, permessage-deflate, @fragment",
            })
    void aRequestThatIsHardlyHttpLeavesNoTrace(String host, CapturedOutput output) {
        String token = token("user-123");
        String request = RawUpgrade.request(
                        endpoint(), "?token=" + token, "Authorization: Bearer " + token, "Cookie: t=" + token)
                .replaceFirst("Host: [^\r]*", host.replace("\\", "\\\\"));
        try (RawUpgrade upgrade = RawUpgrade.send(endpoint(), request)) {
            assertThat(upgrade.status()).isIn(101, 400, 413, 417, 501);
        }
        assertUnlogged(output, token);
        assertThat(output.getAll()).doesNotContain("\tat ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/ws%2f..?",
                "/ws/../ws?",
                "//ws?",
                "/ws;x=1?",
                "/ws/?",
                "/WS?",
                "/ws%00?",
                "/%zz?",
                "/ws?%00=",
                "/ws?\u0001=",
                "http://[::1/ws?",
                "http://a b/ws?",
                "ws://localhost:evil/ws?",
                "*?",
                "/ws#?"
            })
    void anAddressThatIsNoneLeavesNoTrace(String target, CapturedOutput output) {
        String token = token("user-123");
        String request = RawUpgrade.request(endpoint(), "?token=" + token).replace("/ws?", target);
        try (RawUpgrade upgrade = RawUpgrade.send(endpoint(), request)) {
            assertThat(upgrade.status()).isIn(101, 400, 401, 404, 501);
        }
        assertUnlogged(output, token);
        assertThat(output.getAll()).doesNotContain("\tat ");
    }

    @Test
    void aHeaderAboveTheLimitLeavesNoTrace(CapturedOutput output) {
        String token = token("user-123");
        for (String request : List.of(
                RawUpgrade.request(endpoint(), "?token=" + token, "X: " + "x".repeat(70_000)),
                RawUpgrade.request(endpoint(), "?token=" + token + "&x=" + "x".repeat(70_000)),
                RawUpgrade.request(endpoint(), "", "Authorization: Bearer " + token + "x".repeat(70_000)))) {
            try (RawUpgrade upgrade = RawUpgrade.send(endpoint(), request)) {
                assertThat(upgrade.status()).isIn(414, 431);
            }
        }
        assertUnlogged(output, token);
        assertThat(output.getAll()).doesNotContain("\tat ");
    }

    @Test
    void goodAndBadTokensInEveryPlaceAreNeverLogged(CapturedOutput output) {
        String good = token("user-123");
        String bad = token("user-123", Role.STUDENT, Duration.ofHours(-1));
        for (String token : List.of(good, bad, good + "|{}", "not a jwt but " + signature(good))) {
            String encoded = URLEncoder.encode(token, StandardCharsets.UTF_8);
            for (String request : List.of(
                    RawUpgrade.request(endpoint(), "?token=" + encoded),
                    RawUpgrade.request(endpoint(), "", "Authorization: Bearer " + token),
                    RawUpgrade.request(endpoint(), "", "Authorization: Basic " + encoded, "Cookie: a=" + encoded),
                    RawUpgrade.request(endpoint(), "", "Sec-WebSocket-Protocol: tidings.v1, bearer." + encoded),
                    RawUpgrade.request(endpoint(), "", "Sec-WebSocket-Protocol: bearer." + encoded),
                    RawUpgrade.request(endpoint(), "", "Sec-WebSocket-Protocol: ,;\"bearer." + encoded))) {
                try (RawUpgrade upgrade = RawUpgrade.send(endpoint(), request)) {
                    assertThat(upgrade.status()).isEqualTo(101);
                }
            }
        }
        assertThat(output.getAll()).as("the log is read").contains("[WebSocket] User connected: user-123 (student)");
        assertUnlogged(output, good);
        assertUnlogged(output, bad);
    }
}
