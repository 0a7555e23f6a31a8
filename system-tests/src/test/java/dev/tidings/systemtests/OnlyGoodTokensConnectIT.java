package dev.tidings.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidings.systemtests.client.SocketClient;
import dev.tidings.systemtests.stack.JwksServer.SigningKey;
import dev.tidings.systemtests.stack.OnRunningStack;
import dev.tidings.systemtests.stack.Stack;
import dev.tidings.systemtests.stack.Tokens;
import dev.tidings.systemtests.stack.Users;
import dev.tidings.tokens.Role;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Keys;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** R-WS-5: the token is verified, wherever it is handed in; a bad one is answered by a close code and nothing before it. */
@OnRunningStack
class OnlyGoodTokensConnectIT {

    private static final int INVALID = 4300;
    private static final int EXPIRED = 4200;
    private static final String WRONG_SECRET = "another secret, which is long enough";

    private final Stack stack;
    private final Tokens tokens;
    private final String user = Users.named("token");

    OnlyGoodTokensConnectIT(Stack stack) {
        this.stack = stack;
        this.tokens = stack.tokens();
    }

    @TestFactory
    Stream<DynamicTest> everyKindOfBadTokenIsRefused() {
        return badTokens().entrySet().stream()
                .map(bad -> DynamicTest.dynamicTest(bad.getKey(), () -> assertRefused(bad.getValue(), INVALID)));
    }

    @Test
    void anExpiredTokenAsksForANewOne() {
        assertRefused(tokens.of(user, Role.USER, Duration.ofHours(-1)), EXPIRED);
    }

    @Test
    void aGoodTokenOpensInTheUrlInTheHeaderAndInTheSubprotocol() {
        String token = tokens.of(user);
        try (SocketClient url = to().token(token).connect();
                SocketClient header =
                        to().header("Authorization", "Bearer " + token).connect();
                SocketClient protocol =
                        to().subprotocols("tidings.v1", "bearer." + token).connect()) {
            assertThat(Stream.of(url, header, protocol)
                            .map(socket -> socket.ledger().messages().getFirst().text("user_id")))
                    .containsOnly(user);
        }
    }

    @Test
    void aBadTokenIsRefusedInTheHeaderAndInTheSubprotocolToo() {
        String bad = badTokens().get("signed with another secret");
        assertRefused(to().header("Authorization", "Bearer " + bad), INVALID);
        assertRefused(to().subprotocols("tidings.v1", "bearer." + bad), INVALID);
        String expired = tokens.of(user, Role.USER, Duration.ofHours(-1));
        assertRefused(to().header("Authorization", "Bearer " + expired), EXPIRED);
        assertRefused(to().subprotocols("tidings.v1", "bearer." + expired), EXPIRED);
    }

    @Test
    void theUserIdMayBeLeftOutAndMustElseBeTheTokens() {
        String token = tokens.of(user);
        to().query("user_id", user).token(token).connect().close();
        assertRefused(to().query("user_id", Users.named("somebody else")).token(token), INVALID);
    }

    @Test
    void keysOfTheIssuerAreAcceptedAndFollowItsRotation() {
        SigningKey rsa = SigningKey.rs256("rsa-" + user);
        SigningKey curve = SigningKey.es256("ec-" + user);
        stack.jwks().publish(rsa, curve);
        awaitAccepted(tokens.signedBy(rsa, user));
        awaitAccepted(tokens.signedBy(curve, user));

        SigningKey next = SigningKey.es256("next-" + user);
        stack.jwks().publish(next);
        awaitAccepted(tokens.signedBy(next, user));
        assertRefused(tokens.signedBy(rsa, user), INVALID);
        assertRefused(tokens.signedBy(SigningKey.rs256("never published"), user), INVALID);
        assertRefused(tokens.signedBy(new SigningKey("next-" + user, curve.pair(), Jwts.SIG.ES256), user), INVALID);
    }

    /** The public key is known to all, so it must never serve as a secret. */
    @Test
    void aTokenSignedByThePublicKeyAsIfItWereASecretIsRefused() {
        SigningKey rsa = SigningKey.rs256("confused-" + user);
        stack.jwks().publish(rsa);
        awaitAccepted(tokens.signedBy(rsa, user));
        byte[] publicKey = rsa.pair().getPublic().getEncoded();
        String forged = tokens.with(jwt -> jwt.header()
                .keyId(rsa.id())
                .and()
                .subject(user)
                .signWith(Keys.hmacShaKeyFor(publicKey), Jwts.SIG.HS256));
        assertRefused(forged, INVALID);
    }

    @Test
    void theDefaultRefusesABareUserId() {
        try (SocketClient socket = to().query("user_id", user).open()) {
            assertThat(socket.awaitClose()).isBetween(4200, 4299);
            assertThat(socket.ledger().messages("connected")).isEmpty();
        }
    }

    @Test
    void pollingTakesTheSameTokens() {
        assertThat(stack.replica(1).poll(tokens.of(user), "").status()).isEqualTo(200);
        assertThat(badTokens().values())
                .filteredOn(token -> token.chars().noneMatch(c -> c <= ' '))
                .allSatisfy(token ->
                        assertThat(stack.replica(1).poll(token, "").status()).isEqualTo(401));
        assertThat(stack.replica(1).get("/api/v1/events/recent").status()).isEqualTo(401);
    }

    private Map<String, String> badTokens() {
        String good = tokens.of(user);
        String[] parts = good.split("\\.");
        String otherClaims = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"sub\":\"root\",\"exp\":4102444800,\"iss\":\"tidings\",\"aud\":\"tidings\"}"
                        .getBytes(StandardCharsets.UTF_8));
        Map<String, String> bad = new LinkedHashMap<>();
        bad.put("no JWT at all", "nonsense");
        bad.put("three empty parts", "..");
        bad.put("claims changed after signing", parts[0] + "." + otherClaims + "." + parts[2]);
        bad.put("signature cut off", parts[0] + "." + parts[1] + ".");
        bad.put(
                "signed with another secret",
                tokens.with(jwt -> jwt.subject(user)
                        .signWith(Keys.hmacShaKeyFor(WRONG_SECRET.getBytes(StandardCharsets.UTF_8)), Jwts.SIG.HS256)));
        bad.put("not signed", tokens.remember(unsigned()));
        bad.put(
                "an algorithm not on the list",
                tokens.with(
                        jwt -> jwt.subject(user).signWith(Jwts.SIG.HS512.key().build(), Jwts.SIG.HS512)));
        bad.put("another issuer", tokens.with(jwt -> jwt.subject(user).issuer("somebody")));
        bad.put("another audience", tokens.remember(foreignAudience()));
        bad.put("not valid yet", tokens.with(jwt -> jwt.subject(user).notBefore(Tokens.in(Duration.ofHours(1)))));
        bad.put("no expiry", tokens.with(jwt -> jwt.subject(user).expiration(null)));
        bad.put("no user", tokens.with(jwt -> jwt));
        bad.put("a user id of 129 characters", tokens.of("x".repeat(129)));
        bad.put("a user id with ||", tokens.of("a||b"));
        bad.put("a user id with a line break", tokens.of("a\nb"));
        bad.put("an unknown role", tokens.with(jwt -> jwt.subject(user).claim("role", "emperor")));
        return bad;
    }

    private String unsigned() {
        return Jwts.builder()
                .subject(user)
                .issuer("tidings")
                .audience()
                .add("tidings")
                .and()
                .expiration(Tokens.in(Duration.ofHours(1)))
                .compact();
    }

    private String foreignAudience() {
        return tokens.with(jwt -> jwt.subject(user).claim("aud", "another-system"));
    }

    private SocketClient.Builder to() {
        return SocketClient.to(stack.replica(1).socket());
    }

    private void assertRefused(String token, int code) {
        assertRefused(to().token(token), code);
    }

    private static void assertRefused(SocketClient.Builder attempt, int code) {
        try (SocketClient socket = attempt.open()) {
            assertThat(socket.awaitClose()).isEqualTo(code);
            assertThat(socket.ledger().messages("connected")).isEmpty();
        }
    }

    /** The service asks for unknown keys only every few seconds. */
    private void awaitAccepted(String token) {
        await("the issuer's key is known").until(() -> {
            try (SocketClient socket = to().token(token).open()) {
                await().until(() -> !socket.ledger().messages("connected").isEmpty()
                        || socket.closeCode().isPresent());
                return socket.closeCode().isEmpty();
            }
        });
    }
}
