package dev.tidings.local.supervision;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.tidings.devkit.ManagedProcess;
import dev.tidings.local.supervision.LocalState.PartStatus;
import dev.tidings.local.supervision.LocalState.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Writes {@code state.json}: the processes that the launcher started, so that another launcher can end them, and the status of the
 * parts. The threads of all parts call it. Each change is written atomically before the call returns.
 */
public final class Ledger {

    /** Longer than a replica of the WebSocket service needs to drain its connections. */
    public static final Duration GRACE = Duration.ofSeconds(20);

    private final Path file;
    private final ProcessId launcher = ProcessId.of("launcher", ProcessHandle.current());

    @GuardedBy("this")
    private final Map<Long, ProcessId> processes = new LinkedHashMap<>();

    @GuardedBy("this")
    private final Map<String, PartStatus> parts = new LinkedHashMap<>();

    Ledger(Path folder) {
        this.file = LocalState.fileIn(folder);
    }

    synchronized void started(ManagedProcess process) {
        ProcessHandle.of(process.pid())
                .ifPresent(handle -> processes.put(process.pid(), ProcessId.of(process.name(), handle)));
        write();
    }

    synchronized void ended(ManagedProcess process) {
        processes.remove(process.pid());
        write();
    }

    synchronized void part(PartStatus status) {
        parts.put(status.name(), status);
        write();
    }

    synchronized void removePart(String name) {
        parts.remove(name);
        write();
    }

    /** Removes the file after an orderly stop, which leaves nothing to clean up. */
    synchronized void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw Problem.cannotWrite(file, e);
        }
    }

    @GuardedBy("this")
    private void write() {
        Snapshot snapshot = new Snapshot(launcher, List.copyOf(parts.values()), List.copyOf(processes.values()));
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.writeString(draft, LocalState.json(snapshot));
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw Problem.cannotWrite(file, e);
        }
    }

    /**
     * Ends the processes that a dead launcher left: sends SIGTERM to all, and kills those that still run after the grace period, with
     * their children.
     *
     * @return the number of processes
     */
    public static int endLeftovers(Path folder, Duration grace, Consumer<String> progress) {
        List<ProcessId> left = LocalState.in(folder).processes().reversed(); // a process ends before those it needs
        if (!left.isEmpty()) {
            progress.accept("An earlier run left %d processes behind; they are stopped.".formatted(left.size()));
            left.forEach(process -> process.find().ifPresent(ProcessHandle::destroy));
            if (!ProcessId.awaitEnd(left, grace)) {
                List<ProcessId> stubborn = left.stream()
                        .flatMap(process -> process.find().stream())
                        .flatMap(process -> Stream.concat(process.descendants(), Stream.of(process)))
                        .map(process -> ProcessId.of("leftover", process))
                        .toList();
                stubborn.forEach(process -> process.find().ifPresent(ProcessHandle::destroyForcibly));
                ProcessId.awaitEnd(stubborn, grace);
            }
        }
        return left.size();
    }
}
