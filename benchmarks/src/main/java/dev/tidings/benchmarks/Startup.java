package dev.tidings.benchmarks;

import java.util.concurrent.TimeUnit;

/** What {@code ./run} does on this machine, with its own JVM flags: ready time, memory, idle CPU, the first tasks. */
final class Startup implements Scenario {
    private static final int FIRST_TASKS_PER_SECOND = 20;
    private static final int IDLE_SECONDS = 30;

    @Override
    public void run(Lab lab, Table table) throws Exception {
        lab.close();
        Row row = table.row("./run");
        try (Stack stack = Stack.startAsRun(lab.checkout(), lab.folder())) {
            row.put("ready after s", stack.startSeconds());
            try (Screens screens = Screens.open(stack, "first", 20, 2)) {
                Row first = new Row();
                Tasks.step(stack, screens, first, FIRST_TASKS_PER_SECOND, 100 / FIRST_TASKS_PER_SECOND);
                row.put("first 100 tasks, screens p50 ms", first.figures().getOrDefault("screens p50 ms", Double.NaN))
                        .put("first 100 tasks, screens p99 ms", first.figures().getOrDefault("screens p99 ms", Double.NaN));
            }
            TimeUnit.SECONDS.sleep(lab.choose(5, 15)); // until the work of the start has ended
            long before = cpu(stack);
            int seconds = lab.choose(10, IDLE_SECONDS);
            TimeUnit.SECONDS.sleep(seconds);
            row.put("idle, % of a core", (cpu(stack) - before) / 1e4 / seconds)
                    .put("MiB of PSS", stack.pids().values().stream().mapToLong(Proc::pssBytes).sum() / 1048576.0)
                    .put("processes", stack.pids().size());
            table.remark("The launcher itself, 64 MiB of heap, is not in these figures: here the load generator is the launcher.");
        }
    }

    private static long cpu(Stack stack) {
        return stack.pids().values().stream().mapToLong(Proc::cpuMicros).sum();
    }
}
