package dev.tidings.backend.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.backend.RunningBackend;
import dev.tidings.backend.RunningBackend.Reply;
import dev.tidings.tokens.Role;
import dev.tidings.tokens.TokenIssuer;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in. What a good token is, the tokens module tests. */
class IdentityIT {
    private static RunningBackend backend;

    @BeforeAll
    static void start() {
        backend = RunningBackend.shared();
    }

    static Stream<Arguments> badTokens() {
        TokenIssuer elsewhere = TokenIssuer.hs256("x".repeat(40), "tidings", "tidings", Clock.systemUTC());
        return Stream.of(
                Arguments.of("expired", RunningBackend.token("user-123", Duration.ofMinutes(-5))),
                Arguments.of("signed elsewhere", elsewhere.issue("user-123", Role.USER, Duration.ofHours(1))),
                Arguments.of("reserved characters in sub", RunningBackend.token("a||b")),
                Arguments.of("long sub", RunningBackend.token("x".repeat(129))),
                Arguments.of("no JWT", "abc"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badTokens")
    void aBadTokenIsAnsweredWithAChallengeAndNeverRepeatedInTheAnswer(String what, String token) {
        Reply reply = get("/api/tasks", "Bearer " + token);

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.header("WWW-Authenticate")).startsWith("Bearer").contains("error=\"invalid_token\"");
        assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
        assertThat(reply.json().path("errors").isArray()).isTrue();
        if (token.length() > 20) {
            assertThat(reply.response().body() + reply.response().headers()).doesNotContain(token);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/tasks",
                "/api/unknown",
                "/unknown",
                "/health/../api/tasks",
                "/health/db",
                "/metrics/x",
                "/error"
            })
    void withoutATokenOnlyPagesHealthAndMetricsAreOpen(String path) {
        Reply reply = get(path, null);

        assertThat(reply.status()).isIn(400, 401);
        assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
    }

    @Test
    void theChallengeOfAMissingTokenNamesNoError() {
        assertThat(get("/api/tasks", null).header("WWW-Authenticate")).isEqualTo("Bearer realm=\"tidings\"");
        assertThat(get("/api/tasks", "Basic YTpi").status()).isEqualTo(401);
        assertThat(get("/api/tasks", "Bearer ").status()).isEqualTo(401);
    }

    @Test
    void theSchemeIsReadInAnyCaseAndAUserIdMayBe128Characters() {
        String longest = "ü".repeat(128);

        assertThat(get("/api/tasks", "bearer " + RunningBackend.token(longest)).status())
                .isEqualTo(200);
    }

    private static Reply get(String path, @Nullable String authorization) {
        HttpRequest.Builder request = HttpRequest.newBuilder(backend.uri(path));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return backend.send(request.build());
    }
}
