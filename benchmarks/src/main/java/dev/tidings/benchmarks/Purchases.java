package dev.tidings.benchmarks;

import dev.tidings.tokens.Role;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A purchase through all workers: from {@code POST …/confirm} to SESSIONS_GENERATED on the student's socket. Every student buys once;
 * at high rates only some have a page open.
 */
final class Purchases implements Scenario {
    private static final List<String> COURSES =
            List.of("course-java", "course-python", "course-math", "course-physics", "course-english", "course-piano");
    private static final Pattern PAYMENT_ID = Pattern.compile("\"paymentId\":\"([^\"]+)\"");
    private static final int SESSIONS = 30;
    private static final int PAGES = 300;
    private static final int PATIENCE_SECONDS = 60;

    /** The confirmation is due so long after the order, whose answer has usually come by then. */
    private static final long CONFIRM_AFTER_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** The hours at which the demo's trainers work, each in a third of the world. */
    private static final int FIRST_HOUR = 7;

    private static final int HOURS = 15;

    /** About as many trainers as work at an hour; the next students begin when the sessions of these are over. */
    private static final int PER_HOUR = 150;

    private static final int WEEKS = 6;
    private static final AtomicInteger STUDENTS = new AtomicInteger();

    @Override
    public void run(Lab lab, Table table) throws Exception {
        Stack stack = lab.stack();
        for (int rate : lab.isQuick() ? List.of(5) : List.of(5, 20, 100)) {
            step(stack, table.row(rate + "/s"), rate, lab.choose(8, rate == 100 ? 20 : 30));
        }
    }

    /** Buys without measuring. */
    static void buy(Stack stack, int rate, int count) throws Exception {
        step(stack, new ResultRow(), rate, Math.max(1, count / rate));
    }

    private static void step(Stack stack, ResultRow row, int rate, int seconds) throws Exception {
        int count = rate * seconds;
        int first = STUDENTS.getAndAdd(count);
        int every = Math.max(1, count / PAGES);
        AtomicLongArray confirmed = new AtomicLongArray(count);
        Times answered = new Times();
        Times shown = new Times();
        AtomicInteger rejected = new AtomicInteger();
        AtomicInteger failed = new AtomicInteger();
        CountDownLatch complete = new CountDownLatch((count + every - 1) / every);
        List<Socket> pages = new ArrayList<>();
        try (HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            HttpClient sockets = HttpClient.newHttpClient();
            for (int n = 0; n < count; n += every) {
                int number = n;
                pages.add(Socket.open(sockets, stack.socket(n / every), token(stack, first + n), (message, at) -> {
                    if (message.contains("SESSIONS_GENERATED")) {
                        shown.add(at - confirmed.get(number));
                        complete.countDown();
                    }
                }));
            }
            Costs costs = Costs.start(stack);
            long start = System.nanoTime();
            OpenLoop.run(rate, count, (number, due) -> {
                String token = token(stack, first + number);
                PaymentAnswer order = post(http, stack, token, "", order(first + number));
                PaymentAnswer confirmation = order;
                Matcher id = PAYMENT_ID.matcher(order.body());
                if (id.find()) {
                    long begin = due + CONFIRM_AFTER_NANOS;
                    LockSupport.parkNanos(begin - System.nanoTime());
                    confirmed.set(number, begin);
                    confirmation = post(http, stack, token, "/" + id.group(1) + "/confirm", "");
                    if (confirmation.isSuccess()) {
                        answered.since(begin);
                        return;
                    }
                }
                (confirmation.isRejected() ? rejected : failed).incrementAndGet();
                if (number % every == 0) {
                    complete.countDown(); // its page waits for nothing
                }
            });
            complete.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            int carried = count - rejected.get() - failed.get();
            row.put("purchases/s, first to last page", carried / ((System.nanoTime() - start) / 1e9))
                    .put("rejected", rejected.get())
                    .put("failed", failed.get())
                    .put("pages missing", (double) complete.getCount());
            answered.into(row, "confirm to answer");
            shown.into(row, "confirm to SESSIONS_GENERATED");
            costs.into(row, carried);
            pages.forEach(Socket::close);
            sockets.shutdownNow();
        }
    }

    private static String token(Stack stack, int student) {
        return stack.token("student-" + student, Role.STUDENT);
    }

    private static String order(int student) {
        int wave = student / (HOURS * PER_HOUR);
        return "{\"courseId\":\"%s\",\"purchaseTier\":%d,\"timeSlot\":\"%02d:00\",\"startDate\":\"%s\"}"
                .formatted(
                        COURSES.get(student % COURSES.size()),
                        SESSIONS,
                        FIRST_HOUR + student % HOURS,
                        LocalDate.now(ZoneOffset.UTC).plusDays(1).plusWeeks((long) WEEKS * wave));
    }

    /** @param status of HTTP; 0 if there was no answer */
    private record PaymentAnswer(int status, String body) {
        boolean isSuccess() {
            return status / 100 == 2;
        }

        /** The backend is at its limit and said so at once. */
        boolean isRejected() {
            return status == 503;
        }
    }

    private static PaymentAnswer post(HttpClient http, Stack stack, String token, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(stack.backend().resolve("/api/v1/payments" + path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        try {
            var response = http.send(request, BodyHandlers.ofString());
            return new PaymentAnswer(response.statusCode(), response.body());
        } catch (IOException e) {
            return new PaymentAnswer(0, "");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new PaymentAnswer(0, "");
        }
    }
}
