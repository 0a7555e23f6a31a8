package dev.tidings.benchmarks;

import java.net.URI;
import java.util.concurrent.TimeUnit;

/** What {@code ./run} does on this machine, with its own JVM flags: ready time, memory, idle CPU, the first tasks. */
final class Startup implements Scenario {
    private static final int FIRST_TASKS = 100;
    private static final int FIRST_TASKS_PER_SECOND = 20;
    private static final int IDLE_SECONDS = 30;

    @Override
    public void run(Lab lab, Table table) throws Exception {
        lab.close();
        ResultRow row = table.row("first 100 tasks, then idle");
        try (Stack stack = Stack.startAsRun(lab.checkout(), lab.folder())) {
            row.put("ready after s", stack.startSeconds());
            try (Screens screens = Screens.open(stack, "first", 20, 2)) {
                ReceivedMessages deliveries = screens.expect(FIRST_TASKS);
                URI tasks = stack.backend().resolve("/api/tasks");
                TaskLoad.run(
                        row,
                        deliveries,
                        FIRST_TASKS_PER_SECOND,
                        FIRST_TASKS / FIRST_TASKS_PER_SECOND,
                        (number, title) -> TaskLoad.post(tasks, "{\"title\":\"" + title + "\"}")
                                .header("Authorization", "Bearer " + screens.token(number)));
            }
            TimeUnit.SECONDS.sleep(lab.choose(5, 15)); // until the work of the start has ended
            long before = cpu(stack);
            int seconds = lab.choose(10, IDLE_SECONDS);
            TimeUnit.SECONDS.sleep(seconds);
            row.put("idle, % of a core", (cpu(stack) - before) / 1e4 / seconds)
                    .put(
                            "MiB of PSS",
                            stack.pids().values().stream()
                                            .mapToLong(Proc::pssBytes)
                                            .sum()
                                    / 1048576.0)
                    .put("processes", stack.pids().size());
            table.remark(
                    "The launcher itself, 64 MiB of heap, is not in these figures: here the load generator is the launcher.");
        }
    }

    private static long cpu(Stack stack) {
        return stack.pids().values().stream().mapToLong(Proc::cpuMicros).sum();
    }
}
