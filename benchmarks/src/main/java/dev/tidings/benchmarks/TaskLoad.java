package dev.tidings.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Creates tasks at a steady rate and waits until all of them are on the screens. */
final class TaskLoad {
    private static final int PATIENCE_SECONDS = 30;
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    /** The request for one task. */
    interface TaskRequest {
        HttpRequest.Builder of(int number, String title);
    }

    private TaskLoad() {}

    static HttpRequest.Builder post(URI address, String json) {
        return HttpRequest.newBuilder(address)
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json));
    }

    /**
     * Writes the rates, the times and what went wrong into the row.
     *
     * @return the number of created tasks
     */
    static long run(ResultRow row, ReceivedMessages deliveries, int rate, int seconds, TaskRequest task)
            throws InterruptedException {
        Times created = new Times();
        Times refused = new Times();
        AtomicInteger failed = new AtomicInteger();
        try (HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            OpenLoop.run(rate, rate * seconds, (number, due) -> {
                deliveries.due(number, due);
                int status =
                        status(http, task.of(number, deliveries.title(number)).build());
                if (status == 201) {
                    deliveries.expect();
                    created.since(due);
                } else if (status == 429 || status == 503) {
                    refused.since(due);
                } else {
                    failed.incrementAndGet();
                }
            });
            row.put("created/s", created.count() / (double) seconds)
                    .put("refused", (double) refused.count())
                    .put("refused p99 ms", refused.millis(99))
                    .put("failed", failed.get())
                    .put("not on the screens at the end", deliveries.missing())
                    .put("missing", deliveries.awaitAll(PATIENCE_SECONDS));
            created.into(row, "answer");
            deliveries.times().into(row, "screens");
            return created.count();
        }
    }

    /** The status of the answer; 0 if there was none. */
    private static int status(HttpClient http, HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }
}
