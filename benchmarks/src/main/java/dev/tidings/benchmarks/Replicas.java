package dev.tidings.benchmarks;

import java.util.List;

/** The same load on more replicas: the cost of an event must not grow with replicas that do not hold its user, nor with users offline. */
final class Replicas implements Scenario {
    private static final int RATE = 50;

    @Override
    public void run(Lab lab, Table table) throws Exception {
        for (int replicas : lab.isQuick() ? List.of(1, 2) : List.of(1, 2, 4, 8)) {
            Stack stack = lab.stack(replicas);
            step(lab, stack, table, replicas + " replicas, a socket each user", 1);
            step(lab, stack, table, replicas + " replicas, users offline", 0);
        }
    }

    private static void step(Lab lab, Stack stack, Table table, String name, int copies) throws Exception {
        try (Screens screens = Screens.open(stack, "replicas", 200, copies)) {
            TaskScenario.step(stack, screens, table.row(name), RATE, lab.choose(10, 30));
        }
    }
}
