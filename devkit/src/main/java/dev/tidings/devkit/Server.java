package dev.tidings.devkit;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A server process that keeps its data folder and port when it is restarted. */
abstract class Server implements AutoCloseable {
    private volatile @Nullable ManagedProcess process;

    /** Starts the process and waits until it is ready. */
    abstract ManagedProcess launch();

    public final ManagedProcess process() {
        return Objects.requireNonNull(process);
    }

    /** Stops the server if it runs, and starts it with the same data and port. */
    public final void restart() {
        stop();
        process = launch();
    }

    /** Sends the stop signal of the server and waits for its end. */
    public final void stop() {
        ManagedProcess running = process;
        if (running != null) {
            running.stop();
        }
    }

    /** Sends SIGKILL to the server and its children. */
    public final void kill() {
        process().kill();
    }

    @Override
    public final void close() {
        stop();
    }
}
