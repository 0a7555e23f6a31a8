package dev.tidings.benchmarks;

import dev.tidings.tokens.Role;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * How many reads of students' screens the cache keeps from the database, while other students buy. Half of the visits are of a
 * quarter of the students.
 */
final class HomeReads implements Scenario {
    private static final Pattern SCREENS =
            Pattern.compile("(?m)^tidings_screen_seconds_count\\{cache=\"([a-z]+)\".*} ([0-9.E]+)$");
    private static final int STUDENTS = 300;
    private static final int RATE = 100;
    private static final long SEED = 1;

    @Override
    public void run(Lab lab, Table table) throws Exception {
        Stack stack = lab.stack();
        int count = RATE * lab.choose(10, 60);
        Random random = new Random(SEED);
        Times read = new Times();
        AtomicInteger failed = new AtomicInteger();
        try (HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            ResultRow row = table.row(RATE + " reads/s");
            double hits = screens(http, stack, "hit");
            double all = screens(http, stack, "[a-z]+");
            Costs costs = Costs.start(stack);
            OpenLoop.run(RATE, count, (number, due) -> {
                String student = "reader-" + (int) (STUDENTS * Math.pow(random.nextDouble(), 2));
                String screen = number % 2 == 0 ? "home" : "learning";
                if (get(http, stack, student, "/api/v1/students/%s/%s".formatted(student, screen))
                        .isEmpty()) {
                    failed.incrementAndGet();
                }
                read.since(due);
            });
            read.into(row, "read");
            row.put("failed", failed.get())
                    .put(
                            "% answered by the cache",
                            100 * (screens(http, stack, "hit") - hits) / (screens(http, stack, "[a-z]+") - all));
            costs.into(row, count);
        }
    }

    /** The screens that the backend has answered with such a result. */
    private static double screens(HttpClient http, Stack stack, String result) {
        return SCREENS.matcher(get(http, stack, "reader", "/metrics"))
                .results()
                .filter(found -> found.group(1).matches(result))
                .mapToDouble(found -> Double.parseDouble(found.group(2)))
                .sum();
    }

    private static String get(HttpClient http, Stack stack, String user, String path) {
        URI address = stack.backend().resolve(path);
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Authorization", "Bearer " + stack.token(user, Role.STUDENT))
                .build();
        try {
            var response = http.send(request, BodyHandlers.ofString());
            return response.statusCode() == 200 ? response.body() : "";
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
