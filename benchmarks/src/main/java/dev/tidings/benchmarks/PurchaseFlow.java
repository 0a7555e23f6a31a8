package dev.tidings.benchmarks;

import dev.tidings.tokens.Role;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * How long a purchase takes through the whole chain, from the confirmation of the payment to the events on the student's open
 * page and the page's refresh. Students buy at a steady rate (open loop), each for the first time; some of them have a page open.
 */
@Command(
        name = "purchases",
        mixinStandardHelpOptions = true,
        description = "POST …/confirm to the student's socket, through all workers")
final class PurchaseFlow implements Callable<Integer> {
    private static final List<String> TYPES = List.of("PURCHASE_CREATED", "TRAINER_ALLOCATED", "SESSIONS_GENERATED");
    private static final Pattern TYPE = Pattern.compile("\"type\"\\s*:\\s*\"([A-Z_]{5,40})\"");
    private static final Pattern PAYMENT_ID = Pattern.compile("\"paymentId\":\"([^\"]+)\"");
    private static final Pattern COURSE_ID = Pattern.compile("\"(?:courseId|id)\":\"([^\"]+)\"");
    /** Hours of the day at which the demo's trainers work, each in a third of the world. */
    private static final int FIRST_HOUR = 7;

    private static final int HOURS = 15;
    /** About as many trainers as work at an hour; then the next students begin six weeks later. */
    private static final int PER_HOUR = 150;

    @Mixin
    private Target target = new Target();

    @Option(names = "--count", defaultValue = "150", description = "purchases (${DEFAULT-VALUE})")
    private int count;

    @Option(names = "--rate", defaultValue = "5", description = "purchases a second (${DEFAULT-VALUE})")
    private int rate;

    @Option(names = "--warm-up", defaultValue = "60", description = "purchases before, not counted (${DEFAULT-VALUE})")
    private int warmUp;

    @Option(
            names = "--every",
            defaultValue = "1",
            description = "which student has a page open: every n-th (${DEFAULT-VALUE})")
    private int every;

    @Option(names = "--tier", defaultValue = "30", description = "sessions of a purchase (${DEFAULT-VALUE})")
    private int tier;

    private final String run = "bench-" + ProcessHandle.current().pid() + "-";
    private final Map<Integer, Long> confirmedAt = new ConcurrentHashMap<>();
    private final Latencies confirmed = new Latencies();
    private final Map<String, Latencies> shown = new LinkedHashMap<>();
    private final Latencies refreshed = new Latencies();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicLong lastEnd = new AtomicLong();

    @Override
    public Integer call() throws Exception {
        TYPES.forEach(type -> shown.put(type, new Latencies()));
        int pages = (warmUp + count + every - 1) / every;
        CountDownLatch complete = new CountDownLatch(pages);
        HttpClient http = HttpClient.newHttpClient();
        try (ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor()) {
            List<String> courses = courses(http);
            for (int n = 0; n < warmUp + count; n += every) {
                int number = n;
                Socket.open(
                        http,
                        target.sockets().get(n % target.sockets().size()),
                        token(n),
                        (message, at) -> arrived(requests, http, number, message, at, complete));
            }
            long start = System.nanoTime();
            for (int n = 0; n < warmUp + count; n++) {
                int number = n;
                long due = start + n * (TimeUnit.SECONDS.toNanos(1) / rate);
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                requests.execute(() -> buy(http, courses.get(number % courses.size()), number));
            }
            boolean all = complete.await(60, TimeUnit.SECONDS);
            long firstCounted = confirmedAt.getOrDefault(warmUp, start);
            double seconds = (lastEnd.get() - firstCounted) / 1e9;
            System.out.printf(
                    "%d purchases of %d sessions at %d/s, %.1f/s from the first confirmation to the last page%n",
                    count, tier, rate, count / seconds);
            System.out.println("  confirm to answer                " + confirmed);
            shown.forEach((type, latencies) -> System.out.printf("  confirm to %-21s %s%n", type, latencies));
            System.out.println("  refresh of home (force)          " + refreshed);
            if (!all || refused.get() > 0) {
                System.out.printf(
                        "  MISSING %d of %d pages after 60 s, %d refused%n", complete.getCount(), pages, refused.get());
            }
            return all ? 0 : 1;
        } finally {
            http.shutdownNow(); // with all sockets; close() would wait for them
        }
    }

    private List<String> courses(HttpClient http) throws IOException, InterruptedException {
        String body = http.send(request("/api/v1/courses", 0).GET().build(), BodyHandlers.ofString())
                .body();
        List<String> courses = COURSE_ID
                .matcher(body)
                .results()
                .map(found -> found.group(1))
                .distinct()
                .collect(Collectors.toList());
        if (courses.isEmpty()) {
            throw new IllegalStateException("there is no course to buy: ./run starts with demo data");
        }
        return courses;
    }

    private void buy(HttpClient http, String course, int number) {
        int week = number / (HOURS * PER_HOUR);
        String body = "{\"courseId\":\"%s\",\"purchaseTier\":%d,\"timeSlot\":\"%02d:00\",\"startDate\":\"%s\"}"
                .formatted(
                        course,
                        tier,
                        FIRST_HOUR + number % HOURS,
                        LocalDate.now(ZoneOffset.UTC).plusDays(1 + 42L * week));
        String created = post(http, number, "/api/v1/payments", BodyPublishers.ofString(body), 201);
        Matcher id = PAYMENT_ID.matcher(created);
        if (id.find()) {
            long sent = System.nanoTime();
            confirmedAt.put(number, sent);
            post(http, number, "/api/v1/payments/" + id.group(1) + "/confirm", BodyPublishers.noBody(), 200);
            note(confirmed, number, System.nanoTime() - sent);
        }
    }

    private String post(HttpClient http, int number, String path, BodyPublisher body, int expected) {
        try {
            HttpResponse<String> response = http.send(
                    request(path, number)
                            .header("Content-Type", "application/json")
                            .POST(body)
                            .build(),
                    BodyHandlers.ofString());
            if (response.statusCode() != expected) {
                refused.incrementAndGet();
                System.err.println(path + " answered " + response.statusCode() + ": " + response.body());
            }
            return response.body();
        } catch (IOException e) {
            refused.incrementAndGet();
            System.err.println(path + " failed: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return "";
    }

    private void arrived(
            ExecutorService requests, HttpClient http, int number, String message, long at, CountDownLatch complete) {
        Long sent = confirmedAt.get(number);
        String type = TYPE.matcher(message)
                .results()
                .map(found -> found.group(1))
                .filter(TYPES::contains)
                .findFirst()
                .orElse("");
        Latencies latencies = shown.get(type);
        if (sent == null || latencies == null) {
            return;
        }
        note(latencies, number, at - sent);
        if (type.equals("SESSIONS_GENERATED")) {
            lastEnd.accumulateAndGet(at, Math::max);
            requests.execute(() -> {
                refresh(http, number);
                complete.countDown();
            });
        }
    }

    /** Reads the screens, as a page does when an event arrives. */
    private void refresh(HttpClient http, int number) {
        long sent = System.nanoTime();
        String path = "/api/v1/students/" + student(number) + "/home?force=true";
        try {
            http.send(request(path, number).GET().build(), BodyHandlers.discarding());
            note(refreshed, number, System.nanoTime() - sent);
        } catch (IOException e) {
            System.err.println(path + " failed: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void note(Latencies latencies, int number, long nanos) {
        if (number >= warmUp) {
            synchronized (latencies) {
                latencies.add(nanos);
            }
        }
    }

    private HttpRequest.Builder request(String path, int number) {
        return HttpRequest.newBuilder(target.backend().resolve(path))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + token(number));
    }

    private String token(int number) {
        return target.token(student(number), Role.STUDENT);
    }

    private String student(int number) {
        return run + number;
    }
}
