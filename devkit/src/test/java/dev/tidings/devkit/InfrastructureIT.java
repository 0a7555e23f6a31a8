package dev.tidings.devkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.devkit.CallbackApp.Delivery;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every infrastructure promises, with the component files as they are. */
class InfrastructureIT {

    private static final String APP_TOKEN = "the-app-knows-this";
    private static final Map<String, String> NONE = Map.of();

    private final Infrastructure infrastructure = Infrastructure.shared();

    @Test
    void aRoleSeesItsOwnSchemaOnlyAndTheSuperuserSeesAllWithoutPrefixes() throws SQLException {
        TidingsDatabase database = infrastructure.freshDatabase();
        SqlCalls.execute(database.backend(), "CREATE TABLE payments (id int)");
        SqlCalls.execute(database.websocket(), "CREATE TABLE business_event_log (id int)");

        assertThatThrownBy(() -> SqlCalls.query(database.websocket(), "SELECT count(*) FROM backend.payments"))
                .hasMessageContaining("permission denied");
        assertThatThrownBy(() -> SqlCalls.query(database.backend(), "SELECT count(*) FROM delivery.business_event_log"))
                .hasMessageContaining("permission denied");
        assertThat(SqlCalls.query(database.superuser(), "SELECT count(*) FROM payments, business_event_log"))
                .isEqualTo("0");
    }

    @Test
    void freshDatabasesShareNothing() throws SQLException {
        TidingsDatabase first = infrastructure.freshDatabase();
        TidingsDatabase second = infrastructure.freshDatabase();
        SqlCalls.execute(first.backend(), "CREATE TABLE payments (id int)");

        assertThatThrownBy(() -> SqlCalls.query(second.backend(), "SELECT count(*) FROM payments"))
                .hasMessageContaining("does not exist");
    }

    @Test
    void topicsAreCreatedOnceAndGrow() throws Exception {
        infrastructure.createTopics(Map.of("grows", 1));
        infrastructure.createTopics(Map.of("grows", 3));
        infrastructure.createTopics(Map.of("grows", 2));

        Map<String, Object> config =
                Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, infrastructure.kafkaBootstrap());
        try (Admin admin = Admin.create(config)) {
            assertThat(admin.describeTopics(List.of("grows"))
                            .allTopicNames()
                            .get()
                            .values())
                    .singleElement()
                    .satisfies(topic -> assertThat(topic.partitions()).hasSize(3));
        }
    }

    @Test
    void whatOneAppPublishesReachesTheAppOfAnotherSidecar() throws Exception {
        infrastructure.createTopics(Map.of("task-updates", 3));
        try (CallbackApp app = CallbackApp.subscribedTo("task-updates");
                Sidecar consumer = infrastructure.startSidecar(SidecarSpec.of("recurring-task-service")
                        .withAppPort(app.port())
                        .withAppToken(APP_TOKEN));
                Sidecar publisher = infrastructure.startSidecar(SidecarSpec.of("backend"))) {
            HttpResponse<String> answer = SidecarCalls.post(
                    publisher,
                    "/v1.0/publish/pubsub/task-updates?metadata.partitionKey=u-1",
                    "{\"task_id\":\"t-1\"}",
                    NONE);

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
            Delivery delivery = app.next();
            assertThat(delivery.body()).contains("\"task_id\":\"t-1\"");
            assertThat(delivery.apiToken()).isEqualTo(APP_TOKEN);
            assertThat(consumer.appId()).isEqualTo("recurring-task-service");
        }
    }

    /** By itself a sidecar asks four times within some 2 s, and then never again (resiliency-start.yaml). */
    @Test
    void anAppThatGoesDownWhenItsSidecarStartsIsAskedForItsSubscriptionsUntilItAnswers() throws Exception {
        infrastructure.createTopics(Map.of("order.updated", 3));
        try (CallbackApp app = CallbackApp.subscribedTo("order.updated")) {
            app.hangUpOnSubscribe(6);
            try (Sidecar consumer = infrastructure.startSidecar(
                            SidecarSpec.of("notification-service").withAppPort(app.port()));
                    Sidecar publisher = infrastructure.startSidecar(SidecarSpec.of("backend"))) {
                String path = "/v1.0/publish/pubsub/order.updated?metadata.partitionKey=u-2";
                assertThat(SidecarCalls.post(publisher, path, "{\"orderId\":\"o-1\"}", NONE)
                                .statusCode())
                        .isEqualTo(204);

                assertThat(app.next().body()).contains("\"orderId\":\"o-1\"");
                assertThat(consumer.appId()).isEqualTo("notification-service");
            }
        }
    }

    @Test
    void aSidecarFindsTheAppOfAnotherOne() throws Exception {
        try (CallbackApp app = CallbackApp.subscribedTo();
                Sidecar backend =
                        infrastructure.startSidecar(SidecarSpec.of("backend").withAppPort(app.port()));
                Sidecar worker = infrastructure.startSidecar(SidecarSpec.of("allocation-worker"))) {
            assertThat(backend.httpPort()).isNotEqualTo(worker.httpPort());
            HttpResponse<String> answer = SidecarCalls.get(worker, "/v1.0/invoke/backend/method/hello", NONE);

            assertThat(answer.body()).isEqualTo("hello");
        }
    }

    /** A sidecar without the resolver starts, and in a cluster every invocation fails. */
    @Test
    void aSidecarLooksForAppsAsInKubernetesWhereItIsTold(@TempDir Path folder) throws Exception {
        Path config = Files.writeString(folder.resolve("config.yaml"), """
                apiVersion: dapr.io/v1alpha1
                kind: Configuration
                metadata: {name: kubernetes-names}
                spec:
                  nameResolution: {component: kubernetes, version: v1}
                """);

        try (Sidecar sidecar =
                infrastructure.startSidecar(SidecarSpec.of("allocation-worker").withConfig(config))) {
            HttpResponse<String> answer = SidecarCalls.get(sidecar, "/v1.0/invoke/backend/method/hello", NONE);

            assertThat(answer.body()).contains("backend-dapr.default.svc.cluster.local");
        }
    }

    @Test
    void anAppMayPublishOnlyWhatTheScopesGrant() throws Exception {
        infrastructure.createTopics(Map.of("task-updates", 3));
        try (Sidecar sidecar = infrastructure.startSidecar(SidecarSpec.of("websocket-service"))) {
            HttpResponse<String> answer = SidecarCalls.post(sidecar, "/v1.0/publish/pubsub/task-updates", "{}", NONE);

            assertThat(answer.statusCode()).isEqualTo(403);
        }
    }

    @Test
    void theSidecarsApiDemandsItsToken() throws Exception {
        SidecarSpec spec = SidecarSpec.of("cache-worker").withApiToken("secret");
        try (Sidecar sidecar = infrastructure.startSidecar(spec)) {
            assertThat(SidecarCalls.get(sidecar, "/v1.0/state/cache/k", NONE).statusCode())
                    .isEqualTo(401);
            assertThat(SidecarCalls.get(sidecar, "/v1.0/state/cache/k", Map.of("dapr-api-token", "secret"))
                            .statusCode())
                    .isEqualTo(204);
        }
    }

    /** The ingest of websocket-service has no dead-letter topic: what it cannot take now must come again, before later events. */
    @Test
    void anEventAnsweredRetryComesAgainBeforeTheNextOneOfItsKey() throws Exception {
        infrastructure.createTopics(Map.of("notifications", 3));
        try (CallbackApp app = CallbackApp.subscribedTo("notifications");
                Sidecar consumer = infrastructure.startSidecar(
                        SidecarSpec.of("websocket-service").withAppPort(app.port()));
                Sidecar publisher = infrastructure.startSidecar(SidecarSpec.of("backend"))) {
            app.answerRetry(2);
            for (String event : List.of("first", "second")) {
                String path = "/v1.0/publish/pubsub/notifications?metadata.partitionKey=u-1";
                assertThat(SidecarCalls.post(publisher, path, "{\"n\":\"" + event + "\"}", NONE)
                                .statusCode())
                        .isEqualTo(204);
            }
            for (String expected : List.of("first", "first", "first", "second")) {
                assertThat(app.next().body()).contains("\"n\":\"" + expected + "\"");
            }
            assertThat(consumer.appId()).isEqualTo("websocket-service");
        }
    }

    /** Compare-and-set as the registry needs it, on the store as it is and on its alternative. */
    @ParameterizedTest
    @ValueSource(strings = {"statestore-cache.yaml", "alternatives/statestore-cache-postgresql.yaml"})
    void aWriteWithAnOldETagIsRefused(String componentFile, @TempDir Path folder) throws Exception {
        Path source = DaprComponents.folder().resolve(componentFile);
        Files.copy(source, folder.resolve("store.yaml"));
        SidecarSpec spec = SidecarSpec.of("cache-worker").withResources(folder);
        try (Sidecar sidecar = infrastructure.startSidecar(spec)) {
            String key = "cas-" + componentFile.hashCode();
            write(sidecar, key, "one", null, 204);
            String etag = SidecarCalls.get(sidecar, "/v1.0/state/cache/" + key, NONE)
                    .headers()
                    .firstValue("ETag")
                    .orElseThrow();

            write(sidecar, key, "two", etag, 204);
            write(sidecar, key, "three", etag, 409);

            assertThat(SidecarCalls.get(sidecar, "/v1.0/state/cache/" + key, NONE)
                            .body())
                    .isEqualTo("\"two\"");
        }
    }

    /** R-PF-11: once, three times more, then aside; the next event of the partition is not lost meanwhile. */
    @Test
    void whatAWorkerNeverAcceptsIsADeadLetterAfterThreeRetries() throws Exception {
        infrastructure.createTopics(Map.of("purchase-created", 3, "dead-letter-queue", 3));
        try (CallbackApp worker = CallbackApp.workingOn("purchase-created");
                CallbackApp operators = CallbackApp.subscribedTo("dead-letter-queue");
                Sidecar workers = infrastructure.startSidecar(
                        SidecarSpec.of("allocation-worker").withAppPort(worker.port()));
                Sidecar backend =
                        infrastructure.startSidecar(SidecarSpec.of("backend").withAppPort(operators.port()));
                Sidecar publisher = infrastructure.startSidecar(SidecarSpec.of("purchase-worker"))) {
            worker.answerRetry(4);
            for (String event : List.of("failing", "good")) {
                String path = "/v1.0/publish/pubsub/purchase-created?metadata.partitionKey=s-1";
                assertThat(SidecarCalls.post(publisher, path, "{\"n\":\"" + event + "\"}", NONE)
                                .statusCode())
                        .isEqualTo(204);
            }
            for (String expected : List.of("failing", "failing", "failing", "failing", "good")) {
                assertThat(worker.next().body()).contains("\"n\":\"" + expected + "\"");
            }
            assertThat(operators.next().body()).contains("\"n\":\"failing\"");
            assertThat(List.of(workers.appId(), backend.appId())).containsExactly("allocation-worker", "backend");
        }
    }

    @Test
    void whatBackendCachesIsTheKeyThatCacheWorkerRemoves() throws Exception {
        try (Sidecar backend = infrastructure.startSidecar(SidecarSpec.of("backend"));
                Sidecar worker = infrastructure.startSidecar(SidecarSpec.of("cache-worker"))) {
            String key = "student:home:s-1";
            write(backend, key, "cached", null, 204);

            assertThat(SidecarCalls.get(worker, "/v1.0/state/cache/" + key, NONE)
                            .body())
                    .isEqualTo("\"cached\"");
        }
    }

    private static void write(Sidecar sidecar, String key, String value, @Nullable String etag, int status)
            throws Exception {
        String tag = etag == null ? "" : ",\"etag\":\"%s\"".formatted(etag);
        String body =
                "[{\"key\":\"%s\",\"value\":\"%s\"%s,\"options\":{\"concurrency\":\"first-write\",\"consistency\":\"strong\"}}]"
                        .formatted(key, value, tag);
        HttpResponse<String> answer = SidecarCalls.post(sidecar, "/v1.0/state/cache", body, NONE);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    }
}
