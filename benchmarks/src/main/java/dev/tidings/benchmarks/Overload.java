package dev.tidings.benchmarks;

/** Three times the highest sustained rate of tasks, and whether latency is as before ten seconds later. */
final class Overload implements Scenario {
    private static final int FACTOR = 3;

    @Override
    public void run(Lab lab, Table table) throws Exception {
        Stack stack = lab.stack();
        int sustained = lab.sustained();
        int calm = Math.max(10, sustained / 4);
        try (Screens screens = Screens.open(stack, "overload", 200, 2)) {
            TaskScenario.step(stack, screens, table.row("before, " + calm + "/s"), calm, lab.choose(5, 20));
            Costs costs = TaskScenario.step(
                    stack,
                    screens,
                    table.row("overload, " + FACTOR * sustained + "/s"),
                    FACTOR * sustained,
                    lab.choose(10, 120));
            table.remark("Parts that ended under overload: " + costs.restarted() + "; sockets that closed: "
                    + screens.closed());
            Thread.sleep(10_000); // the promise: as before after ten seconds
            TaskScenario.step(stack, screens, table.row("10 s later, " + calm + "/s"), calm, lab.choose(5, 20));
        }
    }
}
