package dev.tidings.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** SESSIONS_GENERATED for many students, to the removal of their cached screens by cache-worker. */
final class Invalidations implements Scenario {
    private static final String WORKER = "cache-worker";
    private static final String SUCCEEDED = "tidings_cache_invalidations_total\\{[^}]*result=\"succeeded\"[^}]*}";
    private static final String LATENCY = "tidings_cache_invalidation_latency_seconds_sum\\{[^}]*}";
    private static final int STUDENTS = 5_000;
    private static final int TRAINERS = 100;
    private static final int RATE = 500;
    private static final int PATIENCE_SECONDS = 60;
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    @Override
    public void run(Lab lab, Table table) throws Exception {
        Stack stack = lab.stack();
        step(stack, new ResultRow(), lab.choose(5, 20)); // warms up this way
        step(stack, table.row(RATE + "/s"), lab.choose(5, 30));
    }

    private static void step(Stack stack, ResultRow row, int seconds) throws IOException, InterruptedException {
        int count = RATE * seconds;
        try (HttpClient http = HttpClient.newHttpClient();
                PushScenario.Publisher publisher = new PushScenario.Publisher(stack)) {
            String before = metrics(stack, http);
            Costs costs = Costs.start(stack);
            long start = System.nanoTime();
            OpenLoop.pace(RATE, count, (number, due) -> {
                String student = "cached-" + number % STUDENTS;
                publisher.publish("sessions-generated", student, event(student, "trainer-" + number % TRAINERS));
            });
            long sent = System.nanoTime();
            String after = metrics(stack, http);
            while (growth(SUCCEEDED, before, after) < count
                    && System.nanoTime() - sent < TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
                LockSupport.parkNanos(LOOK_NANOS);
                after = metrics(stack, http);
            }
            double done = growth(SUCCEEDED, before, after);
            row.put("invalidations/s, first to last", done / ((System.nanoTime() - start) / 1e9))
                    .put("missing", count - done)
                    .put("seconds from the last event to its invalidation", (System.nanoTime() - sent) / 1e9)
                    .put("event to invalidation, mean ms", 1e3 * growth(LATENCY, before, after) / done);
            costs.into(row, count);
        }
    }

    private static String event(String student, String trainer) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        return """
                {"specversion":"1.0","id":"%1$s","source":"backend","type":"SESSIONS_GENERATED","time":"%2$s",\
                "datacontenttype":"application/json","data":{"type":"SESSIONS_GENERATED","timestamp":%3$d,"correlationId":"%1$s",\
                "allocationId":"%1$s","purchaseId":"%1$s","studentId":"%4$s","trainerId":"%5$s","courseId":"course-java",\
                "sessionIds":["%1$s"],"count":1}}""".formatted(UUID.randomUUID(), now, now.toEpochMilli(), student, trainer);
    }

    private static String metrics(Stack stack, HttpClient http) throws IOException, InterruptedException {
        URI metrics = URI.create("http://127.0.0.1:%d/metrics"
                .formatted(stack.system().part(WORKER).port()));
        return http.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString())
                .body();
    }

    private static double growth(String metric, String before, String after) {
        return Costs.sum(metric, List.of(after)) - Costs.sum(metric, List.of(before));
    }
}
