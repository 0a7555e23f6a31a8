package dev.tidings.local.supervision;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Reads what is running from a checkout's folder, for {@code ./run status}, {@code stop} and the benchmarks. */
public final class LocalState {

    /** The status of a part. The pid is null while there is no process. */
    public record PartStatus(String name, @Nullable Long pid, int port, State state) {}

    /** The states of a part, named as in {@code status --json}. */
    public enum State {
        @JsonProperty("up")
        UP,
        @JsonProperty("down")
        DOWN,
        @JsonProperty("starting")
        STARTING;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The content of {@code state.json}. */
    record Snapshot(ProcessId launcher, List<PartStatus> parts, List<ProcessId> processes) {}

    private static final JsonMapper JSON = new JsonMapper();

    /** The folder of a checkout's own stack, below the checkout. */
    public static final String FOLDER = ".tidings";

    private final Optional<Snapshot> snapshot;

    private LocalState(Optional<Snapshot> snapshot) {
        this.snapshot = snapshot;
    }

    /** @param projectRoot the checkout; the state is in its folder {@code .tidings} */
    public static LocalState read(Path projectRoot) {
        return in(projectRoot.resolve(FOLDER));
    }

    public static LocalState in(Path folder) {
        return new LocalState(parse(fileIn(folder)));
    }

    public static Path fileIn(Path folder) {
        return folder.resolve("state.json");
    }

    public static String json(Object value) {
        return JSON.writeValueAsString(value);
    }

    /** Whether a launcher is running. */
    public boolean isRunning() {
        return snapshot.filter(s -> s.launcher().isAlive()).isPresent();
    }

    public Optional<ProcessId> launcher() {
        return snapshot.map(Snapshot::launcher).filter(ProcessId::isAlive);
    }

    /** The processes that are still alive, the oldest first. */
    public List<ProcessId> processes() {
        return snapshot.map(Snapshot::processes).orElse(List.of()).stream()
                .filter(ProcessId::isAlive)
                .toList();
    }

    /** All parts; empty if nothing was started, or all was stopped in order. */
    public List<PartStatus> parts() {
        List<Long> alive = processes().stream().map(ProcessId::pid).toList();
        return snapshot.map(Snapshot::parts).orElse(List.of()).stream()
                .map(part -> part.pid() != null && alive.contains(part.pid())
                        ? part
                        : new PartStatus(part.name(), null, part.port(), stateWithoutProcess(part)))
                .toList();
    }

    private State stateWithoutProcess(PartStatus part) {
        return part.state() == State.STARTING && isRunning() ? State.STARTING : State.DOWN;
    }

    private static Optional<Snapshot> parse(Path file) {
        try {
            return Files.exists(file)
                    ? Optional.of(JSON.readValue(Files.readString(file), Snapshot.class))
                    : Optional.empty();
        } catch (IOException | JacksonException e) {
            throw Problem.of(
                    "cannot read %s (%s). Stop the remaining processes by hand, then remove the file."
                            .formatted(file, e.getMessage()),
                    e);
        }
    }
}
