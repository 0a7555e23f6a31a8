package dev.tidings.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * How long a task takes from its {@code POST} to the screens: tasks are created at a steady rate (open loop: a late answer
 * does not delay the next request), and one socket per replica, all of one user, notes when each arrives.
 */
@Command(name = "tasks", mixinStandardHelpOptions = true, description = "POST /api/tasks to the user's sockets")
final class TaskLatency implements Callable<Integer> {
    private static final Pattern TITLE = Pattern.compile("\"title\":\\s*\"task (\\d+)\"");

    @Mixin
    private Target target = new Target();

    @Option(names = "--count", defaultValue = "1000", description = "tasks to create (${DEFAULT-VALUE})")
    private int count;

    @Option(names = "--rate", defaultValue = "50", description = "tasks a second (${DEFAULT-VALUE})")
    private int rate;

    @Option(names = "--warm-up", defaultValue = "200", description = "tasks before, not counted (${DEFAULT-VALUE})")
    private int warmUp;

    private final Map<Integer, Long> sentAt = new ConcurrentHashMap<>();
    private final Latencies answered = new Latencies();
    private final Latencies delivered = new Latencies();

    @Override
    public Integer call() throws Exception {
        String user = "bench-" + ProcessHandle.current().pid();
        String token = target.token(user);
        List<URI> sockets = target.sockets();
        int expected = (count + warmUp) * sockets.size();
        CountDownLatch arrivals = new CountDownLatch(expected);
        HttpClient http = HttpClient.newHttpClient();
        try (ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor()) {
            for (URI url : sockets) {
                Socket.open(http, url, token, (message, at) -> arrived(message, at, arrivals));
            }
            long start = System.nanoTime();
            for (int n = 0; n < warmUp + count; n++) {
                int number = n;
                long due = start + n * (TimeUnit.SECONDS.toNanos(1) / rate);
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                requests.execute(() -> create(http, token, number));
            }
            boolean all = arrivals.await(30, TimeUnit.SECONDS);
            System.out.printf("%d tasks at %d/s to %d sockets of one user%n", count, rate, sockets.size());
            System.out.println("  POST to answer      " + answered);
            System.out.println("  POST to the screens " + delivered);
            if (!all) {
                System.out.println("  MISSING " + arrivals.getCount() + " of " + expected + " messages after 30 s");
            }
            return all ? 0 : 1;
        } finally {
            http.shutdownNow(); // with all sockets; close() would wait for them
        }
    }

    private void create(HttpClient http, String token, int number) {
        HttpRequest request = HttpRequest.newBuilder(target.backend().resolve("/api/tasks"))
                .timeout(Duration.ofSeconds(10))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"title\":\"task " + number + "\"}"))
                .build();
        long sent = System.nanoTime();
        sentAt.put(number, sent);
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() != 201) {
                System.err.println("POST answered " + response.statusCode() + ": " + response.body());
            }
            note(answered, number, System.nanoTime() - sent);
        } catch (IOException e) {
            System.err.println("POST failed: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void arrived(String message, long at, CountDownLatch arrivals) {
        Matcher title = TITLE.matcher(message);
        if (title.find()) {
            int number = Integer.parseInt(title.group(1));
            Long sent = sentAt.get(number);
            if (sent != null) {
                note(delivered, number, at - sent);
                arrivals.countDown();
            }
        }
    }

    private void note(Latencies latencies, int number, long nanos) {
        if (number >= warmUp) {
            synchronized (latencies) {
                latencies.add(nanos);
            }
        }
    }
}
