package dev.tidings.backend;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.tidings.backend.RunningBackend.Reply;
import dev.tidings.devkit.ApiDocument;
import dev.tidings.tokens.Role;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** R-DP-2: {@code docs/api/backend.openapi.yaml} and the running backend say the same. */
class ApiDocumentIT {
    private static final ApiDocument DOCUMENT = ApiDocument.of("backend");
    private static RunningBackend backend;

    private final String user = "user-" + UUID.randomUUID();

    @BeforeAll
    static void start() {
        backend = RunningBackend.withoutSidecar();
    }

    @AfterAll
    static void stop() {
        backend.close();
    }

    static Set<String> operations() {
        return new TreeSet<>(DOCUMENT.operations());
    }

    @Test
    void whatIsMappedIsDocumentedAndWhatIsDocumentedIsMapped() {
        Set<String> documented = operations().stream()
                .filter(operation -> !operation.matches("GET /(health.*|metrics)")) // not by controllers
                .collect(Collectors.toSet());

        Set<String> mapped = backend.operations().stream()
                .filter(operation -> operation.matches("\\w+ /(api|dapr|events)/.*")) // the rest are pages
                .collect(Collectors.toSet());

        assertThat(mapped).containsExactlyInAnyOrderElementsOf(documented);
    }

    /** By an admin, about things that do not exist: a list, a problem, or a screen without anything. */
    @ParameterizedTest
    @MethodSource("operations")
    void everyOperationAnswersAsDocumented(String operation) {
        String[] words = operation.split(" ");
        String path = words[1].replaceAll("\\{\\w+}", UUID.randomUUID().toString());
        assertDocumented(
                operation, backend.send(Role.ADMIN, user, words[0], path, words[0].equals("GET") ? null : "{}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /api/tasks", "GET /api/v1/orders", "POST /api/tasks"})
    void aMistakeIsAnsweredAsDocumented(String operation) {
        String[] words = operation.split(" ");
        Reply reply = backend.send(user, words[0], words[1] + "?limit=0", words[0].equals("GET") ? null : "[]");
        assertThat(reply.status()).isEqualTo(400);
        assertDocumented(operation, reply);
    }

    @Test
    void tasksAreAsDocumented() {
        String task = "{\"title\": \"Write\", \"description\": \"a letter\", \"recurrence\": \"daily\","
                + " \"due_at\": \"2030-02-07T12:00:00.000Z\"}";
        Reply created = call("POST /api/tasks", Role.USER, "", task, 201);
        String id = created.json().path("task_id").stringValue();
        call("GET /api/tasks", Role.USER, "", null, 200);
        call("GET /api/tasks/{id}", Role.USER, id, null, 200);
        call("PATCH /api/tasks/{id}", Role.USER, id, "{\"title\": \"Write again\"}", 200);
        call("POST /api/tasks/{id}/complete", Role.USER, id, null, 200);
        call("DELETE /api/tasks/{id}", Role.USER, id, null, 204);
    }

    @Test
    void ordersAreAsDocumented() {
        call(
                "PUT /api/v1/admin/products/{sku}",
                Role.ADMIN,
                "TEA",
                "{\"name\": \"Tea\", \"unitPrice\": 12.25, \"active\": true}",
                201);
        call("GET /api/v1/products", Role.USER, "", null, 200);
        String order = "{\"items\": [{\"sku\": \"TEA\", \"name\": \"Tea\", \"quantity\": 2, \"unitPrice\": 12.25}],"
                + " \"shippingAddress\": \"12 St James's Square\"}";
        String id = call("POST /api/v1/orders", Role.USER, "", order, 201)
                .json()
                .path("orderId")
                .stringValue();
        call("POST /api/v1/orders", Role.USER, "", order.replace("12.25", "0.01"), 422);
        call("GET /api/v1/orders", Role.USER, "", null, 200);
        call("GET /api/v1/orders/{id}", Role.USER, id, null, 200);
        call("PATCH /api/v1/admin/orders/{id}", Role.ADMIN, id, "{\"status\": \"shipped\"}", 200);
        call("POST /api/v1/orders/{id}/cancel", Role.USER, id, null, 409);
        call("GET /api/v1/admin/orders", Role.ADMIN, "", null, 200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"backend", "websocket-service"})
    void theDocumentIsOpenApi(String service) throws IOException {
        try (InputStream in = ApiDocumentIT.class.getResourceAsStream("/openapi-3.1.schema.json")) {
            assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                            .getSchema(JsonMapper.shared().readTree(in))
                            .validate(ApiDocument.of(service).json()))
                    .isEmpty();
        }
    }

    private Reply call(String operation, Role role, String id, @Nullable String body, int status) {
        String[] words = operation.split(" ");
        Reply reply = backend.send(role, user, words[0], words[1].replaceAll("\\{\\w+}", id), body);
        assertThat(reply.status()).as(operation + " " + reply.response().body()).isEqualTo(status);
        assertDocumented(operation, reply);
        return reply;
    }

    private static void assertDocumented(String operation, Reply reply) {
        assertThat(DOCUMENT.mistakes(
                        operation,
                        reply.status(),
                        reply.header("Content-Type"),
                        reply.response().body()))
                .as(operation)
                .isEmpty();
    }
}
