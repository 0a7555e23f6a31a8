package dev.tidings.websocket.socket;

import static dev.tidings.websocket.socket.SocketServer.SECRET;
import static dev.tidings.websocket.socket.SocketServer.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tidings.tokens.Role;
import io.jsonwebtoken.JwtBuilder;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Keys;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;

/** Who may connect, for how long, and how a refusal looks (R-WS-5). */
@ExtendWith(OutputCaptureExtension.class)
class TokenIT {
    private static SocketServer server;

    @BeforeAll
    static void start() {
        server = SocketServer.start("tidings.socket.auth-timeout=1s");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String forged(UnaryOperator<JwtBuilder> change) {
        JwtBuilder good = Jwts.builder()
                .subject("user-123")
                .claim("role", "student")
                .issuer("tidings")
                .audience()
                .add("tidings")
                .and()
                .expiration(Date.from(Instant.now().plusSeconds(600)))
                .signWith(Keys.hmacShaKeyFor(SECRET.getBytes(StandardCharsets.UTF_8)), Jwts.SIG.HS256);
        return change.apply(good).compact();
    }

    private static String tampered() {
        String[] parts = token("user-123").split("\\.", -1);
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        String other = claims.replace("user-123", "user-456");
        return parts[0] + "." + base64(other) + "." + parts[2];
    }

    private static String unsigned() {
        String claims = token("user-123").split("\\.", -1)[1];
        return base64("{\"alg\":\"none\"}") + "." + claims + ".";
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    static Stream<Arguments> badTokens() {
        return Stream.of(
                Arguments.of("tampered", tampered(), 4300),
                Arguments.of("alg none", unsigned(), 4300),
                Arguments.of(
                        "foreign secret",
                        forged(token -> token.signWith(Keys.hmacShaKeyFor(
                                "another secret that has more than 32 bytes".getBytes(StandardCharsets.UTF_8)))),
                        4300),
                Arguments.of(
                        "foreign RSA key",
                        forged(token ->
                                token.signWith(Jwts.SIG.RS256.keyPair().build().getPrivate())),
                        4300),
                Arguments.of("wrong issuer", forged(token -> token.issuer("someone")), 4300),
                Arguments.of("wrong audience", forged(token -> token.audience().single("someone")), 4300),
                Arguments.of(
                        "not yet valid",
                        forged(token -> token.notBefore(Date.from(Instant.now().plusSeconds(300)))),
                        4300),
                Arguments.of("no expiry", forged(token -> token.expiration(null)), 4300),
                Arguments.of("a sub that Dapr's keys cannot hold", forged(token -> token.subject("a||b")), 4300),
                Arguments.of("unknown role", forged(token -> token.claim("role", "king")), 4300),
                Arguments.of("no JWT at all", "nonsense", 4300),
                Arguments.of(
                        "expired",
                        forged(token -> token.expiration(Date.from(Instant.now().minusSeconds(60)))),
                        4200));
    }

    @ParameterizedTest(name = "{0} → {2}")
    @MethodSource("badTokens")
    void aBadTokenIsClosedAtOnceAndWithoutConnected(String what, String bad, int code) {
        try (TestClient inQuery = TestClient.connect(server.uri("?token=" + bad));
                TestClient inHeader = TestClient.withHeader(server.uri(""), "Authorization", "Bearer " + bad);
                TestClient inMessage = TestClient.connect(server.uri(""))) {
            inMessage.send("{\"type\":\"auth\",\"token\":\"" + bad + "\"}");
            for (TestClient client : new TestClient[] {inQuery, inHeader, inMessage}) {
                assertThat(client.closeCode()).as(what).isEqualTo(code);
                assertThat(client.unread()).isEmpty();
            }
        }
    }

    @Test
    void aUserIdThatIsNotTheTokensIsRefused() {
        try (TestClient client = TestClient.connect(server.uri("?user_id=user-456&token=" + token("user-123")))) {
            assertThat(client.closeCode()).isEqualTo(4300);
            assertThat(client.unread()).isEmpty();
        }
    }

    @Test
    void noLogShowsATokenEvenWhenEverythingElseIsLogged(CapturedOutput output) {
        String good = token("user-123");
        String bad = tampered();
        try (SocketServer talkative = SocketServer.start("logging.level.root=debug");
                TestClient client = TestClient.connect(talkative.uri("?token=" + good));
                TestClient refused = TestClient.connect(talkative.uri("?token=" + bad))) {
            client.next("connected");
            client.send("{\"type\":\"auth\",\"token\":\"" + good + "\"}");
            client.next("renewed");
            assertThat(refused.closeCode()).isEqualTo(4300);
        }
        assertThat(output.getAll())
                .contains("[WebSocket] User connected: user-123 (student)")
                .doesNotContain(signature(good))
                .doesNotContain(signature(bad));
    }

    private static String signature(String token) {
        return token.substring(token.lastIndexOf('.') + 1);
    }

    @Test
    void aUserIdIsCarriedUnchangedAndLoggedEscaped(CapturedOutput output) {
        String odd = "ad\u202Ea 😀 /%|";
        try (TestClient client = TestClient.withHeader(server.uri(""), "Authorization", "Bearer " + token(odd))) {
            assertThat(client.next("connected").path("user_id").asString()).isEqualTo(odd);
        }
        await().untilAsserted(() -> assertThat(output).contains("User connected: ad\\u202ea 😀 /%| (student)"));
        assertThat(output).doesNotContain("\u202E");
    }

    @Test
    void aUserIdAloneIsNotEnough() {
        try (TestClient client = TestClient.connect(server.uri("?user_id=user-123"))) {
            assertThat(client.closeCode()).isEqualTo(4201);
            assertThat(client.unread()).isEmpty();
        }
    }

    @Test
    void theDevelopmentSwitchTakesABareUserIdWithTheRoleUser() {
        try (SocketServer insecure = SocketServer.start("tidings.socket.insecure=true");
                TestClient client = TestClient.connect(insecure.uri("?user_id=user-123"))) {
            assertThat(client.next("connected").path("role").asString()).isEqualTo("user");
        }
    }

    @Test
    void theDevelopmentSwitchDoesNotStartInProduction() {
        assertThatThrownBy(
                        () -> SocketServer.start("tidings.socket.insecure=true", "spring.profiles.active=production"))
                .hasMessageContaining("TIDINGS_INSECURE");
    }

    /** A token is valid for seconds only, and the warning comes a fifth of that before its end: not less than the ticks of a slow machine. */
    @Test
    void aConnectionIsWarnedOfTheEndOfItsTokenLivesOnWithANewOneAndEndsWithThat() {
        Duration valid = Duration.ofSeconds(8);
        try (TestClient client = TestClient.connect(server.uri("?token=" + token("user-123", Role.STUDENT, valid)))) {
            client.next("connected");
            client.next("token_expiring");
            client.send("{\"type\":\"auth\",\"token\":\"" + token("user-123", Role.STUDENT, valid) + "\"}");
            client.next("renewed");

            client.next("token_expiring");
            JsonNode bye = client.next("bye");
            assertThat(bye.path("code").asInt()).isEqualTo(4200);
            assertThat(bye.path("reconnect").asBoolean()).isTrue();
            assertThat(client.closeCode()).isEqualTo(4200);
        }
    }

    @Test
    void aTokenOfAnotherUserDoesNotRenew() {
        try (TestClient client = TestClient.connect(server.uri("?token=" + token("user-123")))) {
            client.next("connected");
            client.send("{\"type\":\"auth\",\"token\":\"" + token("user-456") + "\"}");
            assertThat(client.closeCode()).isEqualTo(4301);
        }
    }

    @Test
    void aTokenWithAnotherRoleAsksTheClientToReconnect() {
        try (TestClient client = TestClient.connect(server.uri("?token=" + token("user-123")))) {
            client.next("connected");
            client.send(
                    "{\"type\":\"auth\",\"token\":\"" + token("user-123", Role.TRAINER, Duration.ofHours(1)) + "\"}");
            assertThat(client.next("bye").path("reconnect").asBoolean()).isTrue();
            assertThat(client.closeCode()).isEqualTo(4001);
        }
    }

    @Test
    void anExpiredTokenDoesNotRenew() {
        try (TestClient client = TestClient.connect(server.uri("?token=" + token("user-123")))) {
            client.next("connected");
            client.send("{\"type\":\"auth\",\"token\":\"" + token("user-123", Role.STUDENT, Duration.ofSeconds(-5))
                    + "\"}");
            assertThat(client.closeCode()).isEqualTo(4200);
        }
    }
}
