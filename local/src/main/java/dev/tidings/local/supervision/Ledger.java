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
 * Writes {@code state.json}: which processes the launcher started, so that another can end them, and how its parts are. Called by
 * the threads of all parts; each change is on the disk, whole, before the call returns.
 */
public final class Ledger {

    /** A replica takes its time to say goodbye to its connections. */
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

    /** After an orderly stop: there is nothing to clean up. */
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
     * Ends what a launcher that is no more has left behind: asks all at once, kills whoever has not ended after the grace, with its children.
     *
     * @return how many there were
     */
    public static int endLeftovers(Path folder, Duration grace, Consumer<String> progress) {
        List<ProcessId> left = LocalState.in(folder).processes().reversed(); // those who need others go before them
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
