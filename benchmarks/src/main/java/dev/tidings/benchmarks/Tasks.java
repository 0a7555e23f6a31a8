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
import java.util.concurrent.atomic.AtomicInteger;

/** {@code POST /api/tasks} to the sockets: each of the users has one on two replicas. */
final class Tasks implements Scenario {
    private static final int USERS = 200;
    private static final int PATIENCE_SECONDS = 30;
    private static final List<Integer> RATES = List.of(50, 100, 200, 300, 500, 1000);

    /** A rate is sustained if all of its tasks are created and on the screens within this time. */
    private static final double SUSTAINED_P99_MILLIS = 1_000;

    @Override
    public void run(Lab lab, Table table) throws Exception {
        Stack stack = lab.stack();
        try (Screens screens = Screens.open(stack, "tasks", USERS, 2)) {
            for (int rate : lab.isQuick() ? List.of(50, 100, 200) : RATES) {
                Row row = table.row(rate + "/s");
                Costs costs = step(stack, screens, row, rate, lab.choose(10, 30));
                if (rate == 100) {
                    costs.topStatements(12, 100L * lab.choose(10, 30))
                            .forEach(line -> table.remark("- a task at 100/s: " + line));
                }
            }
        }
        if (!lab.isQuick()) {
            lab.sustained(highest(lab, table));
        }
    }

    /** Raises the rate by a quarter until it is not sustained. */
    static int highest(Lab lab, Table table) throws Exception {
        int highest = 0;
        Stack stack = lab.stack();
        try (Screens screens = Screens.open(stack, "highest", USERS, 2)) {
            for (int rate = 100; ; rate += rate / 4) {
                Row row = new Row();
                step(stack, screens, row, rate, lab.choose(5, 15));
                boolean sustained = row.figures().get("refused") == 0
                        && row.figures().get("missing") == 0
                        && row.figures().get("screens p99 ms") < SUSTAINED_P99_MILLIS;
                if (!sustained) {
                    break;
                }
                highest = rate;
            }
        }
        table.remark("The highest sustained rate is %d tasks a second: all created, p99 on the screens below %.0f ms."
                .formatted(highest, SUSTAINED_P99_MILLIS));
        return highest;
    }

    /** Creates tasks at a rate and waits until all are on the screens. */
    static Costs step(Stack stack, Screens screens, Row row, int rate, int seconds) throws InterruptedException {
        int count = rate * seconds;
        Deliveries deliveries = screens.expect(count);
        Times created = new Times();
        Times refused = new Times();
        AtomicInteger failed = new AtomicInteger();
        URI tasks = stack.backend().resolve("/api/tasks");
        try (HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            Costs costs = Costs.start(stack);
            OpenLoop.run(rate, count, (number, due) -> {
                deliveries.due(number, due);
                int status = post(http, tasks, screens.token(number), deliveries.title(number));
                if (status == 201) {
                    deliveries.expect();
                    created.since(due);
                } else if (status == 429 || status == 503) {
                    refused.since(due);
                } else {
                    failed.incrementAndGet();
                }
            });
            int late = deliveries.missing();
            int missing = deliveries.awaitAll(PATIENCE_SECONDS);
            row.put("created/s", created.count() / (double) seconds)
                    .put("refused", refused.count())
                    .put("refused p99 ms", refused.millis(99))
                    .put("failed", failed.get())
                    .put("not on the screens at the end", late)
                    .put("missing", missing);
            created.into(row, "answer");
            deliveries.times().into(row, "screens");
            return costs.into(row, Math.max(1, created.count()));
        }
    }

    /** The status of the answer; 0 if there was none. */
    private static int post(HttpClient http, URI tasks, String token, String title) {
        HttpRequest request = HttpRequest.newBuilder(tasks)
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"title\":\"" + title + "\"}"))
                .build();
        try {
            HttpResponse<Void> response = http.send(request, BodyHandlers.discarding());
            return response.statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }
}
