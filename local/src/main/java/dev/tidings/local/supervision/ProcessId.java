package dev.tidings.local.supervision;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Identifies a process of this machine by its pid and its start time, since pids are reused.
 *
 * @param startedAt epoch milliseconds
 */
public record ProcessId(String name, long pid, long startedAt) {

    /** Linux counts start times from the boot, and a change of the clock may move the boot time by a second. */
    private static final long TOLERANCE_MILLIS = 2_000;

    private static final Duration POLL = Duration.ofMillis(50);

    static ProcessId of(String name, ProcessHandle process) {
        return new ProcessId(name, process.pid(), startOf(process));
    }

    /** The process if it is still running. A zombie is not. */
    public Optional<ProcessHandle> find() {
        return ProcessHandle.of(pid)
                .filter(process -> Math.abs(startOf(process) - startedAt) <= TOLERANCE_MILLIS)
                .filter(process -> process.isAlive() && !isZombie());
    }

    boolean isAlive() {
        return find().isPresent();
    }

    /** Whether all processes end within that time. Polls, since only a child can be waited for. */
    public static boolean awaitEnd(Collection<ProcessId> processes, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (processes.stream().anyMatch(ProcessId::isAlive)) {
            if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
        return true;
    }

    /** An orphan may stay a zombie for long if the first process of a container does not reap it. */
    private boolean isZombie() {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return stat.startsWith("Z", stat.lastIndexOf(')') + 2);
        } catch (IOException noSuchFileHere) {
            return false;
        }
    }

    private static long startOf(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }
}
