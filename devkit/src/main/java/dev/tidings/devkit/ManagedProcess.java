package dev.tidings.devkit;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One operating system process with a name, a log file and a way to tell that it is ready.
 *
 * <p>It runs in a session of its own where {@code setsid} exists (Linux), so that Ctrl-C in the terminal reaches only the
 * program that started it, which then stops its processes in the order it wants. Every method may be called from any thread.
 */
public final class ManagedProcess implements AutoCloseable {

    /**
     * Told of every process started inside its scope, before anyone waits for it to be ready: whoever must not lose sight of a
     * child, even of one that never becomes ready, binds it.
     */
    public static final ScopedValue<Consumer<ManagedProcess>> OBSERVER = ScopedValue.newInstance();

    private static final Duration POLL = Duration.ofMillis(25);
    private static final int TAIL_LINES = 20;

    private final String name;
    private final Process process;
    private final Path logFile;
    private final long logStart;
    private final Readiness readiness;
    private final Duration readyTimeout;
    private final String stopSignal;
    private final Duration stopGrace;

    private ManagedProcess(Builder builder, Process process, Path logFile, long logStart) {
        this.name = builder.name;
        this.process = process;
        this.logFile = logFile;
        this.logStart = logStart;
        this.readiness = builder.readiness;
        this.readyTimeout = builder.readyTimeout;
        this.stopSignal = builder.stopSignal;
        this.stopGrace = builder.stopGrace;
    }

    public static Builder named(String name) {
        return new Builder(name);
    }

    public String name() {
        return name;
    }

    public long pid() {
        return process.pid();
    }

    public Path logFile() {
        return logFile;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Empty while it runs. */
    public OptionalInt exitCode() {
        return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
    }

    /** Completes with the exit code. */
    public CompletableFuture<Integer> onExit() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /**
     * Blocks until the readiness condition holds.
     *
     * @throws ProcessFailedException if the process ends before, or is not ready in time; in the latter case it is stopped
     */
    public ManagedProcess awaitReady() {
        long deadline = System.nanoTime() + readyTimeout.toNanos();
        IOException lastFailure = null;
        try {
            while (true) {
                if (!process.isAlive()) {
                    throw new ProcessFailedException("%s ended with exit code %d before it was ready.%s"
                            .formatted(name, process.exitValue(), tail()));
                }
                try {
                    if (readiness.isReady(this)) {
                        return this;
                    }
                } catch (IOException notYet) {
                    lastFailure = notYet;
                }
                if (System.nanoTime() > deadline) {
                    String message = "%s was not ready after %d s, so it is stopped.%s"
                            .formatted(name, readyTimeout.toSeconds(), tail());
                    stop();
                    throw lastFailure == null
                            ? new ProcessFailedException(message)
                            : new ProcessFailedException(message, lastFailure);
                }
                Thread.sleep(POLL);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProcessFailedException("Interrupted while waiting for " + name, e);
        }
    }

    /** Asks the process to end and kills it after the grace period. Does nothing when it ended already. */
    public void stop() {
        if (!process.isAlive()) {
            return;
        }
        signal(stopSignal);
        signal("CONT"); // a frozen process would only get the first signal when thawed
        if (!endsWithin(stopGrace)) {
            kill();
        }
    }

    /** SIGKILL to it and its children, as if the machine had lost it; returns when they are gone. */
    public void kill() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        endsWithin(Duration.ofSeconds(10));
        children.forEach(child -> child.onExit().orTimeout(10, TimeUnit.SECONDS).join());
    }

    /** Freezes it (SIGSTOP): it keeps its sockets and answers nothing. */
    public void suspend() {
        signal("STOP");
    }

    public void resume() {
        signal("CONT");
    }

    @Override
    public void close() {
        stop();
    }

    /** What the process wrote since it was started, its last megabyte at most. */
    public String logSinceStart() {
        try {
            long size = Files.size(logFile);
            long from = Math.max(logStart, size - 1_000_000);
            try (RandomAccessFile file = new RandomAccessFile(logFile.toFile(), "r")) {
                file.seek(from);
                byte[] bytes = new byte[(int) Math.max(0, size - from)];
                file.readFully(bytes);
                return new String(bytes, StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String tail() {
        List<String> lines = logSinceStart().lines().toList();
        List<String> last = lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size());
        return last.isEmpty()
                ? " It wrote nothing to " + logFile
                : " Last lines of " + logFile + ":\n  " + String.join("\n  ", last);
    }

    private boolean endsWithin(Duration patience) {
        try {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void signal(String signal) {
        if (!process.isAlive()) {
            return;
        }
        if (signal.equals("TERM")) {
            process.destroy();
            return;
        }
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException("Could not send SIG" + signal + " to " + name, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        return name + " (pid " + pid() + ", " + (isAlive() ? "running" : "ended") + ")";
    }

    /** What to start and how to treat it. */
    public static final class Builder {

        private final String name;
        private List<String> command = List.of();
        private final Map<String, String> env = new LinkedHashMap<>();
        private final Set<String> withoutEnv = new HashSet<>();
        private @Nullable Path directory;
        private @Nullable Path log;
        private Readiness readiness = process -> true;
        private Duration readyTimeout = Duration.ofSeconds(30);
        private String stopSignal = "TERM";
        private Duration stopGrace = Duration.ofSeconds(10);

        private Builder(String name) {
            this.name = name;
        }

        public Builder command(String... command) {
            return command(List.of(command));
        }

        public Builder command(List<String> command) {
            this.command = List.copyOf(command);
            return this;
        }

        /** Added to the inherited environment. */
        public Builder env(String name, String value) {
            env.put(name, value);
            return this;
        }

        public Builder env(Map<String, String> more) {
            env.putAll(more);
            return this;
        }

        /** Taken out of the inherited environment. */
        public Builder withoutEnv(String... names) {
            withoutEnv.addAll(List.of(names));
            return this;
        }

        /** Default: the log file's folder. */
        public Builder directory(Path workingDirectory) {
            this.directory = workingDirectory;
            return this;
        }

        /** Where standard output and error go, appended. */
        public Builder log(Path logFile) {
            this.log = logFile.toAbsolutePath();
            return this;
        }

        public Builder readyWhen(Readiness condition, Duration timeout) {
            this.readiness = condition;
            this.readyTimeout = timeout;
            return this;
        }

        /** What asks it to end, without the SIG; TERM by default. */
        public Builder stopSignal(String signal) {
            this.stopSignal = signal;
            return this;
        }

        /** How long it may take to end by itself; 10 s by default. */
        public Builder stopGrace(Duration grace) {
            this.stopGrace = grace;
            return this;
        }

        /** Returns as soon as the process exists; see {@link ManagedProcess#awaitReady()}. */
        public ManagedProcess start() {
            Path logFile = Objects.requireNonNull(log, () -> name + " has no log file");
            try {
                Path logFolder = Objects.requireNonNull(logFile.getParent());
                Files.createDirectories(logFolder);
                long logStart = Files.exists(logFile) ? Files.size(logFile) : 0;
                ProcessBuilder builder = new ProcessBuilder(inOwnSession(command))
                        .directory((directory == null ? logFolder : directory).toFile())
                        .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                        .redirectErrorStream(true)
                        .redirectOutput(Redirect.appendTo(logFile.toFile()));
                builder.environment().keySet().removeAll(withoutEnv);
                builder.environment().putAll(env);
                ManagedProcess started = new ManagedProcess(this, builder.start(), logFile, logStart);
                if (OBSERVER.isBound()) {
                    OBSERVER.get().accept(started);
                }
                return started;
            } catch (IOException e) {
                throw new ProcessFailedException("Could not start " + name + ": " + e.getMessage(), e);
            }
        }

        /** {@code setsid} execs in place when it is not a group leader, which a fresh child never is: the pid stays ours. */
        private static List<String> inOwnSession(List<String> command) {
            return Executables.onPath("setsid")
                    .map(setsid -> {
                        List<String> all = new ArrayList<>();
                        all.add(setsid.toString());
                        all.addAll(command);
                        return all;
                    })
                    .orElse(command);
        }
    }
}
