package dev.tidings.benchmarks;

import dev.tidings.local.topology.StackOptions;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Keeps one stack for the scenarios, started and warm. Used by one thread. */
final class Lab implements AutoCloseable {
    private static final int WARM_UP_RATE = 150;

    /** The part of a processor that all compilers together may still use when the stack counts as warm. */
    private static final double STEADY = 0.05;

    private final Path checkout;
    private final Path folder;
    private final boolean quick;
    private @Nullable Stack stack;
    private @Nullable Integer sustained;

    /**
     * @param checkout whose build is measured
     * @param folder for the data of the stacks
     */
    Lab(Path checkout, Path folder, boolean quick) {
        this.checkout = checkout;
        this.folder = folder;
        this.quick = quick;
    }

    boolean isQuick() {
        return quick;
    }

    /** The duration of a step, or another amount of work. */
    int choose(int whenQuick, int otherwise) {
        return quick ? whenQuick : otherwise;
    }

    Path checkout() {
        return checkout;
    }

    Path folder() {
        return folder;
    }

    Stack stack() throws Exception {
        return stack(StackOptions.DEFAULT_REPLICAS);
    }

    Stack stack(int replicas) throws Exception {
        return stack(replicas, Map.of());
    }

    /** A warm stack with so many replicas and these environment variables of the WebSocket service; the one that runs if it is alike. */
    Stack stack(int replicas, Map<String, String> socketSettings) throws Exception {
        Stack running = stack;
        if (running == null
                || running.replicas() != replicas
                || !running.socketSettings().equals(socketSettings)) {
            close();
            System.err.printf("  starting a stack with %d replicas%n", replicas);
            stack = running = Stack.start(checkout, folder, replicas, socketSettings);
            Costs.install(running);
            warmUp(running);
        }
        return running;
    }

    /** The highest rate of tasks that the stack carries, from the scenario {@code tasks}; searched for if that did not run. */
    int sustained() throws Exception {
        if (sustained == null) {
            sustained = TaskScenario.highest(this, new Table());
        }
        return Objects.requireNonNull(sustained);
    }

    void sustained(int perSecond) {
        sustained = perSecond;
    }

    /** Creates tasks and purchases until the JVMs have compiled what these need. */
    private void warmUp(Stack started) throws Exception {
        int window = choose(8, 15);
        try (Screens screens = Screens.open(started, "warm-up", 50, 2)) {
            for (int n = 1; n <= choose(3, 40); n++) {
                Purchases.buy(started, 5, 10);
                ResultRow row = new ResultRow();
                TaskScenario.step(started, screens, row, WARM_UP_RATE, window);
                double compiling = row.get(Costs.COMPILERS) / 1_000;
                System.err.printf(
                        "  warming up: %.1f ms of CPU for a task, %.1f of it to compile%n",
                        row.get(Costs.ALL_PARTS), compiling);
                if (compiling * WARM_UP_RATE < STEADY * 1_000) {
                    return;
                }
            }
        }
    }

    /** Stops the stack. */
    @Override
    public void close() {
        if (stack != null) {
            stack.close();
            stack = null;
        }
    }
}
