package dev.tidings.backend.courses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.backend.RunningBackend;
import dev.tidings.backend.RunningBackend.Reply;
import dev.tidings.backend.Tutoring;
import dev.tidings.devkit.Infrastructure;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What anyone may see, from a page of any allowed origin. */
class CoursesApiIT {
    private static RunningBackend backend;
    private static String course = "";

    @BeforeAll
    static void start() {
        backend = RunningBackend.on(
                Infrastructure.shared().freshDatabase().backend(),
                "--tidings.sidecar.http-port=1",
                "--tidings.sidecar.grpc-port=1",
                "--tidings.edge.allowed-origins=https://*.example.com,http://localhost:*");
        course = new Tutoring(backend).course();
    }

    @AfterAll
    static void stop() {
        backend.close();
    }

    @Test
    void anyoneSeesTheCoursesOnOfferWithTheirTiersAndPrices() {
        Reply reply = backend.send(get("/api/v1/courses").build());

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("nextCursor").isNull()).isTrue();
        JsonNode only = reply.json().path("items").path(0);
        assertThat(reply.json().path("items").size()).isOne();
        assertThat(only.path("courseId").stringValue()).isEqualTo(course);
        assertThat(only.path("title").stringValue()).isEqualTo("Title of " + course);
        assertThat(reply.response().body()).contains("{\"tier\":10,\"price\":250.00},{\"tier\":20,\"price\":500.00}");
        assertThat(backend.send(HttpRequest.newBuilder(backend.uri("/api/v1/courses"))
                                .POST(BodyPublishers.noBody())
                                .build())
                        .status())
                .isEqualTo(401);
    }

    @Test
    void aBrowserMayAskFromAnAllowedOriginAndThenShowAToken() {
        Reply preflight = backend.send(HttpRequest.newBuilder(backend.uri("/api/v1/payments"))
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Origin", "https://app.example.com")
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "authorization, content-type, idempotency-key")
                .build());

        assertThat(preflight.status()).isEqualTo(200);
        assertThat(preflight.header("Access-Control-Allow-Origin")).isEqualTo("https://app.example.com");
        assertThat(preflight.header("Access-Control-Allow-Headers")).containsIgnoringCase("authorization");

        Reply refused = backend.send(
                get("/api/tasks").header("Origin", "http://localhost:5173").build());
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.header("Access-Control-Allow-Origin")).isEqualTo("http://localhost:5173");
        assertThat(refused.header("Access-Control-Expose-Headers")).contains("WWW-Authenticate");
    }

    @ParameterizedTest
    @CsvSource({"https://example.org", "https://example.com.evil.org", "null"})
    void otherOriginsAreRefused(String origin) {
        Reply reply =
                backend.send(get("/api/v1/courses").header("Origin", origin).build());

        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
        assertThat(reply.header("Access-Control-Allow-Origin")).isEmpty();
    }

    private static HttpRequest.Builder get(String path) {
        return HttpRequest.newBuilder(backend.uri(path));
    }
}
