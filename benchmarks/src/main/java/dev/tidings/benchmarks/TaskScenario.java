package dev.tidings.benchmarks;

import java.net.URI;
import java.util.List;

/** {@code POST /api/tasks} to the sockets: each of the users has one on two replicas. */
final class TaskScenario implements Scenario {
    private static final int USERS = 200;
    private static final List<Integer> RATES = List.of(50, 100, 200, 300, 500, 1000);

    /** A rate is sustained if all of its tasks are created and on the screens within this time. */
    private static final double SUSTAINED_P99_MILLIS = 1_000;

    @Override
    public void run(Lab lab, Table table) throws Exception {
        Stack stack = lab.stack();
        try (Screens screens = Screens.open(stack, "tasks", USERS, 2)) {
            for (int rate : lab.isQuick() ? List.of(50, 100, 200) : RATES) {
                ResultRow row = table.row(rate + "/s");
                Costs costs = step(stack, screens, row, rate, lab.choose(10, 30));
                if (rate == 100) {
                    costs.topStatements(12).forEach(line -> table.remark("a task at 100/s: " + line));
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
                ResultRow row = new ResultRow();
                step(stack, screens, row, rate, lab.choose(5, 15));
                boolean sustained = row.get("refused") == 0
                        && row.get("missing") == 0
                        && row.get("screens p99 ms") < SUSTAINED_P99_MILLIS;
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

    /** Creates tasks at a rate, waits until all are on the screens, and counts the costs of each. */
    static Costs step(Stack stack, Screens screens, ResultRow row, int rate, int seconds) throws InterruptedException {
        ReceivedMessages deliveries = screens.expect(rate * seconds);
        URI tasks = stack.backend().resolve("/api/tasks");
        Costs costs = Costs.start(stack);
        long created = TaskLoad.run(
                row,
                deliveries,
                rate,
                seconds,
                (number, title) -> TaskLoad.post(tasks, "{\"title\":\"" + title + "\"}")
                        .header("Authorization", "Bearer " + screens.token(number)));
        return costs.into(row, created);
    }
}
