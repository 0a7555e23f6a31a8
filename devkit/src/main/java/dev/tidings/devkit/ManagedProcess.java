package dev.tidings.devkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
 * An operating system process with a name, a log file and a readiness condition.
 *
 * <p>The process has a session of its own where {@code setsid} exists (Linux), so that Ctrl-C in the terminal reaches only the program
 * that started it, which then stops its processes in order. Safe for any thread.
 */
public final class ManagedProcess implements AutoCloseable {

    /** Receives each process that is started in its scope, before it is ready, so that no child process is left behind. */
    public static final ScopedValue<Consumer<ManagedProcess>> OBSERVER = ScopedValue.newInstance();

    private static final Duration POLL = Duration.ofMillis(25);

    private final String name;
    private final Process process;
    private final ProcessLog log;
    private final Readiness readiness;
    private final Duration readyTimeout;
    private final String stopSignal;
    private final Duration stopGrace;

    private ManagedProcess(Builder builder, Process process, ProcessLog log) {
        this.name = builder.name;
        this.process = process;
        this.log = log;
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
        return log.file();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Returns empty while the process runs. */
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
     * @throws ProcessFailedException if the process ends before it is ready, or is not ready in time and was stopped
     */
    public ManagedProcess awaitReady() {
        long deadline = System.nanoTime() + readyTimeout.toNanos();
        IOException lastFailure = null;
        try {
            while (true) {
                if (!process.isAlive()) {
                    throw new ProcessFailedException("%s ended with exit code %d before it was ready.%s"
                            .formatted(name, process.exitValue(), log.tail()));
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
                            .formatted(name, readyTimeout.toSeconds(), log.tail());
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

    /** Sends the stop signal and kills the process after the grace period. Does nothing if it has ended. */
    public void stop() {
        if (!process.isAlive()) {
            return;
        }
        signal(stopSignal);
        signal("CONT"); // a suspended process handles the first signal only after it continues
        if (!endsWithin(stopGrace)) {
            kill();
        }
    }

    /** Sends SIGKILL to the process and its children and waits for their end. */
    public void kill() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        endsWithin(Duration.ofSeconds(10));
        children.forEach(child -> child.onExit().orTimeout(10, TimeUnit.SECONDS).join());
    }

    /** Suspends the process (SIGSTOP): it keeps its sockets and does not answer. */
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

    /** Returns the output since the start, at most its last megabyte. */
    public String logSinceStart() {
        return log.text();
    }

    private boolean endsWithin(Duration timeout) {
        try {
            return process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
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

    /** Configures and starts a process. */
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

        /** Adds a variable to the inherited environment. */
        public Builder env(String name, String value) {
            env.put(name, value);
            return this;
        }

        public Builder env(Map<String, String> more) {
            env.putAll(more);
            return this;
        }

        /** Removes variables from the inherited environment. */
        public Builder withoutEnv(String... names) {
            withoutEnv.addAll(List.of(names));
            return this;
        }

        /** Sets the working directory; by default the folder of the log file. */
        public Builder directory(Path workingDirectory) {
            this.directory = workingDirectory;
            return this;
        }

        /** Sets the file that standard output and error are appended to. */
        public Builder log(Path logFile) {
            this.log = logFile.toAbsolutePath();
            return this;
        }

        public Builder readyWhen(Readiness condition, Duration timeout) {
            this.readiness = condition;
            this.readyTimeout = timeout;
            return this;
        }

        /** Sets the signal that stops the process, without the prefix SIG; TERM by default. */
        public Builder stopSignal(String signal) {
            this.stopSignal = signal;
            return this;
        }

        /** Sets the time between the stop signal and SIGKILL; 10 s by default. */
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
                ProcessLog processLog = ProcessLog.startingNow(logFile);
                ProcessBuilder builder = new ProcessBuilder(Executables.inOwnSession(command))
                        .directory((directory == null ? logFolder : directory).toFile())
                        .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                        .redirectErrorStream(true)
                        .redirectOutput(Redirect.appendTo(logFile.toFile()));
                builder.environment().keySet().removeAll(withoutEnv);
                builder.environment().putAll(env);
                ManagedProcess started = new ManagedProcess(this, builder.start(), processLog);
                if (OBSERVER.isBound()) {
                    OBSERVER.get().accept(started);
                }
                return started;
            } catch (IOException e) {
                throw new ProcessFailedException("Could not start " + name + ": " + e.getMessage(), e);
            }
        }
    }
}
