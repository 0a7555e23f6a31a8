package dev.tidings.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.devkit.ApiDocument;
import dev.tidings.tokens.Role;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** R-DP-2: {@code docs/api/websocket-service.openapi.yaml} and the running service say the same. */
class ApiDocumentIT extends ServiceUnderTest {
    private static final ApiDocument DOCUMENT = ApiDocument.of("websocket-service");

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    private RequestMappingHandlerMapping mappings;

    private final String user = unique("reader");

    static Set<String> operations() {
        return new TreeSet<>(DOCUMENT.operations());
    }

    @Test
    void whatIsMappedIsDocumentedAndWhatIsDocumentedIsMapped() {
        Set<String> mapped = mappings.getHandlerMethods().keySet().stream()
                .flatMap(mapping -> mapping.getMethodsCondition().getMethods().stream()
                        .flatMap(method -> mapping.getPatternValues().stream().map(pattern -> method + " " + pattern)))
                .collect(Collectors.toSet());
        Set<String> documented = operations().stream()
                .filter(operation -> !operation.matches("GET /(health.*|metrics)")) // not by controllers
                .collect(Collectors.toSet());

        assertThat(mapped).containsExactlyInAnyOrderElementsOf(documented);
    }

    @ParameterizedTest
    @MethodSource("operations")
    void everyOperationAnswersAsDocumented(String operation) {
        String[] words = operation.split(" ");
        assertDocumented(
                operation,
                send(HttpRequest.newBuilder(uri(words[1].replace("{topic}", "task-updates")))
                        .header("Authorization", "Bearer " + token(user, Role.OPERATOR))
                        .header("dapr-api-token", APP_TOKEN)
                        .header("Content-Type", "application/json")
                        .method(
                                words[0],
                                words[0].equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString("{}"))
                        .build()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /api/v1/events/recent", "GET /api/v1/admin/rejected-events"})
    void aCallWithoutATokenIsAnsweredAsDocumented(String operation) {
        HttpResponse<String> answer = get(operation.split(" ")[1], null);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertDocumented(operation, answer);
    }

    @Test
    void eventsAndBatchesAreAsDocumented() {
        byte[] event = taskEvent(unique("event"), user, "Documented");
        assertDocumented("POST /events/{topic}", postBatch("task-updates", APP_TOKEN, List.of(raw(event))));
        byte[] forNobody = taskEvent(unique("event"), "", "For nobody");
        assertDocumented("POST /events/{topic}", postBatch("task-updates", APP_TOKEN, List.of(raw(forNobody))));

        HttpResponse<String> recent = get("/api/v1/events/recent?since=0", token(user, Role.USER));
        assertThat(JSON.readTree(recent.body()).path("events")).hasSize(1);
        assertDocumented("GET /api/v1/events/recent", recent);
        String logged = JSON.readTree(event).path("id").asString();
        for (String question : List.of("event?id=" + logged, "user?id=" + user)) {
            HttpResponse<String> delivery = get("/api/v1/admin/deliveries/" + question, token(user, Role.OPERATOR));
            assertThat(delivery.body()).contains("\"eventId\":\"" + logged);
            assertDocumented("GET /api/v1/admin/deliveries/" + question.replaceAll("\\?.*", ""), delivery);
        }
        HttpResponse<String> rejected = get("/api/v1/admin/rejected-events", token(user, Role.OPERATOR));
        assertThat(JSON.readTree(rejected.body()).path("items")).isNotEmpty();
        assertDocumented("GET /api/v1/admin/rejected-events", rejected);
    }

    private static void assertDocumented(String operation, HttpResponse<String> answer) {
        assertThat(DOCUMENT.mistakes(
                        operation,
                        answer.statusCode(),
                        answer.headers().firstValue("Content-Type").orElse(""),
                        answer.body()))
                .as(operation)
                .isEmpty();
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }
}
