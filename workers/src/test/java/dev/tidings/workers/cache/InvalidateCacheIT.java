package dev.tidings.workers.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.devkit.Infrastructure;
import dev.tidings.devkit.Sidecar;
import dev.tidings.devkit.SidecarSpec;
import dev.tidings.studentcache.Lookup;
import dev.tidings.studentcache.Lookup.Hit;
import dev.tidings.studentcache.Lookup.Miss;
import dev.tidings.studentcache.Screen;
import dev.tidings.studentcache.StudentCache;
import dev.tidings.workers.RunningWorker;
import dev.tidings.workers.WorkersDatabase;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** R-PF-5, on a real cache behind a real sidecar. */
@SuppressWarnings("NullAway.Init")
class InvalidateCacheIT {
    private static final Map<String, String> TOPICS = Map.of(
            "PURCHASE_CREATED", "purchase-created",
            "TRAINER_ALLOCATED", "trainer-allocated",
            "SESSIONS_GENERATED", "sessions-generated");
    private static final JsonMapper JSON = new JsonMapper();

    private static WorkersDatabase database;
    private static Sidecar sidecar;
    private static RunningWorker worker;
    private static StudentCache cache;

    private final String student = "student-" + UUID.randomUUID();
    private final String payment = UUID.randomUUID().toString();

    @BeforeAll
    static void start() {
        database = WorkersDatabase.migrated();
        sidecar = Infrastructure.shared().startSidecar(SidecarSpec.of("cache-worker"));
        worker = RunningWorker.start(
                "cache-worker",
                database,
                "tidings.sidecar.host=" + sidecar.httpEndpoint().getHost(),
                "tidings.sidecar.http-port=" + sidecar.httpPort(),
                "tidings.sidecar.grpc-port=" + sidecar.grpcPort(),
                // A busy machine is no reason for this test to see no cache.
                "tidings.cache.timeout=10s");
        cache = worker.bean(StudentCache.class);
    }

    @AfterAll
    static void stop() {
        worker.close();
        sidecar.close();
    }

    @Test
    void eachOfTheThreeEventsRemovesBothScreensOfItsStudent() {
        TOPICS.keySet().forEach(type -> {
            fill(Screen.HOME);
            fill(Screen.LEARNING);

            assertThat(status(deliver(worker, type, UUID.randomUUID().toString())))
                    .isEqualTo("SUCCESS");

            assertThat(cache.find(Screen.HOME, student)).as(type).isInstanceOf(Miss.class);
            assertThat(cache.find(Screen.LEARNING, student)).as(type).isInstanceOf(Miss.class);
        });
        assertThat(database.processed(payment))
                .containsExactlyInAnyOrderElementsOf(TOPICS.keySet().stream()
                        .map(type -> type + " by cache-worker")
                        .toList());
    }

    @Test
    void anEventDeliveredAgainInvalidatesNothing() {
        String id = UUID.randomUUID().toString();
        deliver(worker, "PURCHASE_CREATED", id);
        fill(Screen.HOME);

        assertThat(status(deliver(worker, "PURCHASE_CREATED", id))).isEqualTo("SUCCESS");

        assertThat(cache.find(Screen.HOME, student)).isInstanceOf(Hit.class);
    }

    @Test
    void anEventIsNotProcessedWhileItsInvalidationFails() {
        String id = UUID.randomUUID().toString();
        try (RunningWorker withoutCache = RunningWorker.start("cache-worker", database)) {
            assertThat(status(deliver(withoutCache, "TRAINER_ALLOCATED", id))).isEqualTo("RETRY");
            assertThat(database.processed(payment)).isEmpty();
            assertThat(withoutCache.get("/metrics").body())
                    .contains("tidings_cache_invalidations_total{result=\"failed\",type=\"TRAINER_ALLOCATED\"} 1.0");
        }

        fill(Screen.HOME);
        assertThat(status(deliver(worker, "TRAINER_ALLOCATED", id))).isEqualTo("SUCCESS");
        assertThat(cache.find(Screen.HOME, student)).isInstanceOf(Miss.class);
    }

    @Test
    void itListensToThreeTopicsAndLeavesConfirmationsAlone() {
        List<String> topics = JSON.readTree(worker.get("/dapr/subscribe").body())
                .valueStream()
                .map(subscription -> subscription.path("topic").stringValue())
                .toList();

        assertThat(topics).containsExactlyInAnyOrderElementsOf(TOPICS.values());
    }

    @Test
    void howManyInvalidationsSucceedAndHowSoonIsMeasured() {
        deliver(worker, "SESSIONS_GENERATED", UUID.randomUUID().toString());

        assertThat(worker.get("/metrics").body())
                .contains(
                        "tidings_cache_invalidations_total{result=\"succeeded\",type=\"SESSIONS_GENERATED\"}",
                        "tidings_cache_invalidation_latency_seconds_count{type=\"SESSIONS_GENERATED\"}");
    }

    @Test
    void anEventThatNamesNoStudentIsADeadLetter() {
        String event = RunningWorker.cloudEvent(
                "PURCHASE_CREATED", UUID.randomUUID().toString(), Map.of("type", "PURCHASE_CREATED"));

        assertThat(status(worker.deliver("purchase-created", student, event))).isEqualTo("DROP");
    }

    private void fill(Screen screen) {
        Lookup lookup = cache.find(screen, student);
        assertThat(lookup).isInstanceOf(Miss.class);
        cache.put(Objects.requireNonNull(((Miss) lookup).ticket()), JSON.createObjectNode());
        assertThat(cache.find(screen, student)).isInstanceOf(Hit.class);
    }

    private JsonNode deliver(RunningWorker to, String type, String id) {
        return to.deliver(
                Objects.requireNonNull(TOPICS.get(type)),
                student,
                RunningWorker.cloudEvent(
                        type, id, Map.of("type", type, "studentId", student, "correlationId", payment)));
    }

    private static String status(JsonNode answer) {
        return answer.path("status").stringValue();
    }
}
