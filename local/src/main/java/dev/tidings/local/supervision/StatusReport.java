package dev.tidings.local.supervision;

import dev.tidings.local.supervision.LocalState.PartStatus;
import dev.tidings.local.supervision.LocalState.State;
import java.util.Map;

/** Formats the answer of {@code ./run status}. */
public final class StatusReport {

    static final int ALL_UP = 0;
    static final int SOME_DOWN = 1;

    /** The exit code that service managers use. */
    static final int NOT_RUNNING = 3;

    private StatusReport() {}

    public static String json(LocalState state) {
        return LocalState.json(Map.of("parts", state.parts())) + "\n";
    }

    public static String table(LocalState state) {
        StringBuilder text = new StringBuilder();
        if (!state.parts().isEmpty()) {
            text.append("%-30s %8s %6s  %s%n".formatted("PART", "PID", "PORT", "STATE"));
        }
        for (PartStatus part : state.parts()) {
            text.append("%-30s %8s %6d  %s%n"
                    .formatted(
                            part.name(),
                            part.pid() == null ? "-" : part.pid(),
                            part.port(),
                            part.state().wireName()));
        }
        if (!state.isRunning()) {
            text.append(
                    state.processes().isEmpty()
                            ? "Not running. Start it with ./run\n"
                            : "The launcher is gone and left these processes behind; ./run stop ends them.\n");
        }
        return text.toString();
    }

    public static int exitCode(LocalState state) {
        if (!state.isRunning()) {
            return NOT_RUNNING;
        }
        return state.parts().stream().allMatch(part -> part.state() == State.UP) ? ALL_UP : SOME_DOWN;
    }
}
