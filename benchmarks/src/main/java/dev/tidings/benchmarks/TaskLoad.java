package dev.tidings.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Creates tasks at a steady rate, each on a virtual thread, so that a late answer delays no further request (open loop). One
 * thread calls {@link #offer}; the results are complete when it returns.
 */
final class TaskLoad {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    /** The status of an answer that never came. */
    private static final int NO_ANSWER = 0;

    private final HttpClient http;
    private final URI tasks;
    private final Screens screens;
    private final Map<Integer, Integer> statuses = new ConcurrentHashMap<>();
    private final Latencies accepted = new Latencies();
    private final Latencies refused = new Latencies();
    private final AtomicInteger withoutRetryAfter = new AtomicInteger();
    private long seconds;
    private long latest;

    TaskLoad(HttpClient http, URI backend, Screens screens) {
        this.http = http;
        this.tasks = backend.resolve("/api/tasks");
        this.screens = screens;
    }

    /** Returns when all requests are answered. */
    void offer(int rate, int duration) {
        seconds = duration;
        long pause = TimeUnit.SECONDS.toNanos(1) / rate;
        try (ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor()) {
            long start = System.nanoTime();
            for (int n = 0; n < rate * duration; n++) {
                long due = start + n * pause;
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                latest = Math.max(latest, System.nanoTime() - due);
                int number = NUMBERS.incrementAndGet();
                requests.execute(() -> create(number));
            }
        }
    }

    private void create(int number) {
        HttpRequest request = HttpRequest.newBuilder(tasks)
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + screens.tokenFor(number))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"title\":\"" + Screens.title(number) + "\"}"))
                .build();
        long sent = System.nanoTime();
        screens.sent(number, sent);
        int status = NO_ANSWER;
        try {
            HttpResponse<Void> response = http.send(request, BodyHandlers.discarding());
            status = response.statusCode();
            if (isRefusal(status)
                    && response.headers().firstValue("Retry-After").isEmpty()) {
                withoutRetryAfter.incrementAndGet();
            }
        } catch (IOException e) {
            // counted below
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        statuses.put(number, status);
        Latencies latencies = status == 201 ? accepted : refused;
        synchronized (latencies) {
            latencies.add(System.nanoTime() - sent);
        }
    }

    /** The numbers of the tasks that were answered 201. */
    Set<Integer> created() {
        Set<Integer> created = new HashSet<>();
        statuses.forEach((number, status) -> {
            if (status == 201) {
                created.add(number);
            }
        });
        return created;
    }

    double createdPerSecond() {
        return created().size() / (double) seconds;
    }

    Latencies accepted() {
        return accepted;
    }

    Latencies refused() {
        return refused;
    }

    /** How often each status came that is neither 201 nor a refusal with {@code Retry-After}; 0 stands for no answer. */
    Map<Integer, Integer> failures() {
        Map<Integer, Integer> failures = counts();
        failures.keySet().removeIf(status -> status == 201 || isRefusal(status));
        return failures;
    }

    String summary() {
        return String.format(
                Locale.ROOT,
                "%.1f created/s, answers %s, without Retry-After %d, slowest %.0f ms, latest request %.0f ms late",
                createdPerSecond(),
                counts(),
                withoutRetryAfter.get(),
                Math.max(accepted.highest(), refused.highest()),
                latest / 1e6);
    }

    private Map<Integer, Integer> counts() {
        Map<Integer, Integer> counts = new TreeMap<>();
        statuses.values().forEach(status -> counts.merge(status, 1, Integer::sum));
        return counts;
    }

    private static boolean isRefusal(int status) {
        return status == 429 || status == 503;
    }
}
