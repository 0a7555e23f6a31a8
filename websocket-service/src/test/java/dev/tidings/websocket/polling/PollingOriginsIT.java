package dev.tidings.websocket.polling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.tokens.Role;
import dev.tidings.websocket.ServiceUnderTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

/** A page on another origin polls, if it might open a socket, too. */
class PollingOriginsIT extends ServiceUnderTest {
    private static final String ALLOW_ORIGIN = "access-control-allow-origin";

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request.build(), BodyHandlers.ofString());
        }
    }

    private HttpRequest.Builder from(String origin) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + PollingController.PATH))
                .header("Origin", origin);
    }

    private HttpRequest.Builder preflight(String origin) {
        return from(origin)
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .header("Access-Control-Request-Method", "GET")
                .header("Access-Control-Request-Headers", "authorization");
    }

    @Test
    void anAllowedOriginMaySendItsTokenAndReadTheAnswer() throws Exception {
        for (String origin : new String[] {"https://app.example.com", "http://localhost:8000"}) {
            HttpResponse<String> asked = send(preflight(origin));
            assertThat(asked.statusCode()).isEqualTo(200);
            assertThat(asked.headers().firstValue(ALLOW_ORIGIN)).hasValue(origin);
            assertThat(asked.headers().firstValue("access-control-allow-headers"))
                    .hasValueSatisfying(headers -> assertThat(headers).isEqualToIgnoringCase("authorization"));

            HttpResponse<String> polled =
                    send(from(origin).header("Authorization", "Bearer " + token(unique("ada"), Role.USER)));
            assertThat(polled.statusCode()).isEqualTo(200);
            assertThat(polled.headers().firstValue(ALLOW_ORIGIN)).hasValue(origin);
            assertThat(polled.headers().firstValue("access-control-allow-credentials"))
                    .isEmpty();
            assertThat(polled.headers().firstValue("access-control-expose-headers"))
                    .hasValueSatisfying(headers -> assertThat(headers).containsIgnoringCase("retry-after"));
        }
    }

    @Test
    void aRefusedTokenCanBeReadByThePage() throws Exception {
        HttpResponse<String> refused =
                send(from("https://app.example.com").header("Authorization", "Bearer not.a.token"));

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue(ALLOW_ORIGIN)).hasValue("https://app.example.com");
    }

    /** The administrators' page shows it. */
    @Test
    void anAllowedOriginMaySeeWhoIsConnected() throws Exception {
        URI stats = URI.create("http://127.0.0.1:" + port + "/stats");
        HttpResponse<String> answer = send(HttpRequest.newBuilder(stats).header("Origin", "https://app.example.com"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue(ALLOW_ORIGIN)).hasValue("https://app.example.com");
        assertThat(send(HttpRequest.newBuilder(stats).header("Origin", "https://example.org"))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void anotherOriginMayNot() throws Exception {
        assertThat(send(preflight("https://example.org")).statusCode()).isEqualTo(403);
        assertThat(send(from("https://example.org").header("Authorization", "Bearer " + token("ada", Role.USER)))
                        .statusCode())
                .isEqualTo(403);
    }
}
