package dev.tidings.benchmarks;

import dev.tidings.tokens.Role;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * How many reads of students' screens the cache keeps from the database. Students come back to their pages at a steady rate (open
 * loop), a few of them far more often than the rest, and now and then one buys a course, which invalidates three times.
 */
@Command(name = "home", mixinStandardHelpOptions = true, description = "GET home and learning under a read mix")
final class HomeReads implements Callable<Integer> {
    private static final Pattern PAYMENT_ID = Pattern.compile("\"paymentId\":\"([^\"]+)\"");
    private static final List<String> COURSES =
            List.of("course-java", "course-python", "course-math", "course-physics", "course-english", "course-piano");

    @Mixin
    private Target target = new Target();

    @Option(names = "--students", defaultValue = "300", description = "students (${DEFAULT-VALUE})")
    private int students;

    @Option(names = "--count", defaultValue = "20000", description = "reads (${DEFAULT-VALUE})")
    private int count;

    @Option(names = "--rate", defaultValue = "100", description = "reads a second (${DEFAULT-VALUE})")
    private int rate;

    @Option(names = "--reads-per-purchase", defaultValue = "200", description = "(${DEFAULT-VALUE})")
    private int readsPerPurchase;

    @Option(names = "--seed", defaultValue = "1", description = "of the mix (${DEFAULT-VALUE})")
    private long seed;

    private final String run = "reader-" + ProcessHandle.current().pid() + "-";
    private final Latencies reads = new Latencies();
    private final AtomicInteger failures = new AtomicInteger();

    @Override
    public Integer call() throws Exception {
        Random random = new Random(seed);
        try (HttpClient http = HttpClient.newHttpClient();
                ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor()) {
            double hitsBefore = screens(http, "hit");
            double allBefore = screens(http, "[a-z]+");
            long start = System.nanoTime();
            for (int n = 0; n < count; n++) {
                long due = start + n * (TimeUnit.SECONDS.toNanos(1) / rate);
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                // Squared: half of the visits are of a quarter of the students.
                String student = run + (int) (students * Math.pow(random.nextDouble(), 2));
                String screen = random.nextBoolean() ? "home" : "learning";
                requests.execute(() -> read(http, student, screen));
                if (n % readsPerPurchase == readsPerPurchase / 2) {
                    String course = COURSES.get(random.nextInt(COURSES.size()));
                    int hour = 7 + random.nextInt(15);
                    requests.execute(() -> buy(http, student, course, hour));
                }
            }
            requests.shutdown();
            requests.awaitTermination(60, TimeUnit.SECONDS);
            double hits = screens(http, "hit") - hitsBefore;
            double all = screens(http, "[a-z]+") - allBefore;
            System.out.printf(
                    "%d reads of %d students at %d/s, a purchase each %d reads, %d failed%n",
                    count, students, rate, readsPerPurchase, failures.get());
            System.out.println("  GET home and learning   " + reads);
            System.out.printf(
                    "  answered by the cache   %.1f %% of %.0f screens, refetches after events included%n",
                    100 * hits / all, all);
            return failures.get() == 0 ? 0 : 1;
        }
    }

    private void read(HttpClient http, String student, String screen) {
        long sent = System.nanoTime();
        if (send(
                        http,
                        request(student, "/api/v1/students/%s/%s".formatted(student, screen))
                                .GET()
                                .build())
                .isEmpty()) {
            failures.incrementAndGet();
            return;
        }
        synchronized (reads) {
            reads.add(System.nanoTime() - sent);
        }
    }

    /** Buying the same course twice is refused, which invalidates nothing and harms nobody. */
    private void buy(HttpClient http, String student, String course, int hour) {
        String body = "{\"courseId\":\"%s\",\"purchaseTier\":10,\"timeSlot\":\"%02d:00\"}".formatted(course, hour);
        Matcher id = PAYMENT_ID.matcher(send(
                http,
                request(student, "/api/v1/payments")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build()));
        if (id.find()) {
            send(
                    http,
                    request(student, "/api/v1/payments/" + id.group(1) + "/confirm")
                            .POST(BodyPublishers.noBody())
                            .build());
        }
    }

    /** How many screens the backend has answered with that result since its start. */
    private double screens(HttpClient http, String result) {
        Pattern line = Pattern.compile(
                "^tidings_screen_seconds_count\\{cache=\"" + result + "\".*} ([0-9.E]+)$", Pattern.MULTILINE);
        return line.matcher(send(http, request("bench", "/metrics").GET().build()))
                .results()
                .mapToDouble(found -> Double.parseDouble(found.group(1)))
                .sum();
    }

    private HttpRequest.Builder request(String user, String path) {
        return HttpRequest.newBuilder(target.backend().resolve(path))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + target.token(user, Role.STUDENT));
    }

    /** The body, empty unless all is well. */
    private static String send(HttpClient http, HttpRequest request) {
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            return response.statusCode() / 100 == 2 ? response.body() : "";
        } catch (IOException e) {
            System.err.println(request.uri().getPath() + " failed: " + e.getMessage());
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
