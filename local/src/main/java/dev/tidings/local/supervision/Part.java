package dev.tidings.local.supervision;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.tidings.devkit.ManagedProcess;
import dev.tidings.local.supervision.LocalState.PartStatus;
import dev.tidings.local.supervision.LocalState.State;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A supervised process. It starts when the parts it needs are ready and restarts when it dies, unless it was stopped on purpose.
 *
 * <p>One virtual thread per part supervises it, from {@link #start} to the end of {@link #stop}. Every method may be called from any
 * thread.
 */
public final class Part {

    /** Starts the process and returns when it is ready. Called again after each death. */
    @FunctionalInterface
    public interface Launch {
        ManagedProcess launch() throws Exception;
    }

    private static final Logger LOG = Logger.getLogger(Part.class.getName());

    private final String name;
    private final int port;
    private final Path log;
    private final List<CompletableFuture<?>> needs;
    private final Launch launch;
    private final Ledger ledger;
    private final StackEvents events;

    /** The ports of the services in this process, by name; see {@link #serves}. */
    @GuardedBy("this")
    private final Map<String, Integer> services = new LinkedHashMap<>();

    @GuardedBy("this")
    private boolean wanted;

    @GuardedBy("this")
    private State state = State.DOWN;

    @GuardedBy("this")
    private @Nullable ManagedProcess process;

    @GuardedBy("this")
    private CompletableFuture<Void> ready = new CompletableFuture<>();

    @GuardedBy("this")
    private @Nullable Thread supervisor;

    Part(
            String name,
            int port,
            Path log,
            List<CompletableFuture<?>> needs,
            Launch launch,
            Ledger ledger,
            StackEvents events) {
        this.name = name;
        this.port = port;
        this.log = log;
        this.needs = List.copyOf(needs);
        this.launch = launch;
        this.ledger = ledger;
        this.events = events;
        report();
    }

    public String name() {
        return name;
    }

    public int port() {
        return port;
    }

    /** The file that receives its standard output and error. */
    public Path log() {
        return log;
    }

    public synchronized OptionalLong pid() {
        return process != null && process.isAlive() ? OptionalLong.of(process.pid()) : OptionalLong.empty();
    }

    /** Lists a service that runs in this process. {@code ./run status} then shows the services, not the process. */
    public synchronized void serves(String service, int servicePort) {
        ledger.removePart(name);
        services.put(service, servicePort);
        report();
    }

    public synchronized PartStatus status() {
        return new PartStatus(name, pid().isPresent() ? (Long) pid().getAsLong() : null, port, state);
    }

    /** Starts and supervises it, unless it is started already. {@link #awaitReady} waits for the result. */
    public synchronized void start() {
        if (wanted) {
            return;
        }
        wanted = true;
        if (ready.isDone()) { // until then, others may wait for the first one
            ready = new CompletableFuture<>();
        }
        become(State.STARTING);
        supervisor = Thread.ofVirtual().name("supervisor of " + name).start(this::supervise);
    }

    /**
     * Blocks until the part is up.
     *
     * @throws Problem if it did not start
     */
    public void awaitReady() {
        try {
            whenReady().join();
        } catch (CompletionException e) {
            throw Problem.in(e, name + " did not start");
        }
    }

    /** Sends SIGTERM and does not restart the part. Returns when the process has ended. */
    public void stop() {
        end(ManagedProcess::stop);
    }

    /** Sends SIGKILL and does not restart the part. */
    public void kill() {
        end(ManagedProcess::kill);
    }

    /** Stops the part, starts it and waits until it is up. */
    public void restart() {
        stop();
        start();
        awaitReady();
    }

    /** Freezes the process: it keeps its sockets open and does not respond. */
    public void suspend() {
        current().ifPresent(ManagedProcess::suspend);
    }

    public void resume() {
        current().ifPresent(ManagedProcess::resume);
    }

    public synchronized CompletableFuture<Void> whenReady() {
        return ready;
    }

    private synchronized Optional<ManagedProcess> current() {
        return Optional.ofNullable(process);
    }

    private void supervise() {
        try {
            CompletableFuture<?> all = CompletableFuture.allOf(needs.toArray(CompletableFuture[]::new));
            CompletableFuture.anyOf(all, whenReady()).join(); // a stop in the meantime completes the latter
        } catch (CompletionException e) {
            failed(Problem.in(e, name + " cannot start"));
            return;
        }
        RestartPolicy policy = new RestartPolicy();
        while (isWanted()) {
            Death death = live();
            if (!isWanted()) {
                return;
            }
            if (!whenReady().isDone()) {
                failed(Problem.in(death.cause(), name + " did not start"));
                return;
            }
            Optional<Duration> pause = policy.afterDeath(death.life());
            if (pause.isEmpty()) {
                events.trouble(Problem.gaveUp(name, death.how(), policy.deathsInARow(), log));
                giveUp();
                return;
            }
            events.trouble(Problem.died(name, death.how(), pause.get(), log));
            become(State.STARTING);
            pause(pause.get());
        }
    }

    /** @param life the time for which the part was up */
    private record Death(String how, Duration life, Problem cause) {}

    /** Launches the process and blocks until it ends. */
    private Death live() {
        long begin = System.nanoTime();
        ManagedProcess launched;
        try {
            launched =
                    ScopedValue.where(ManagedProcess.OBSERVER, this::observed).call(launch::launch);
        } catch (Exception e) {
            LOG.log(Level.WARNING, name + " did not become ready", e);
            return new Death("did not become ready", Duration.ZERO, Problem.didNotStart(name, log, e));
        }
        long upSince = System.nanoTime();
        up(Duration.ofNanos(upSince - begin));
        String how = Problem.exit(launched.onExit().join());
        ledger.ended(launched);
        return new Death(how, Duration.ofNanos(System.nanoTime() - upSince), Problem.of(name + " " + how));
    }

    /** Records the process as soon as it runs, so that it can be stopped before it is ready. */
    private void observed(ManagedProcess started) {
        ledger.started(started);
        boolean tooLate;
        synchronized (this) {
            process = started;
            tooLate = !wanted;
            report();
        }
        if (tooLate) {
            started.kill();
        }
    }

    private void up(Duration took) {
        become(State.UP);
        events.ready(name, port, took);
        whenReady().complete(null);
    }

    private synchronized void failed(Problem cause) {
        giveUp();
        ready.completeExceptionally(cause);
    }

    private synchronized void giveUp() {
        wanted = false;
        become(State.DOWN);
    }

    private void end(Consumer<ManagedProcess> how) {
        ManagedProcess toEnd;
        Thread toJoin;
        synchronized (this) {
            wanted = false;
            notifyAll(); // ends the pause before a restart
            toEnd = process;
            toJoin = supervisor;
            ready.completeExceptionally(Problem.of(name + " was stopped"));
        }
        if (toEnd != null) {
            how.accept(toEnd);
            ledger.ended(toEnd);
        }
        if (toJoin != null) {
            Threads.join(toJoin);
        }
        become(State.DOWN);
    }

    private synchronized boolean isWanted() {
        return wanted;
    }

    private synchronized void pause(Duration pause) {
        long deadline = System.nanoTime() + pause.toNanos();
        try {
            for (long left = pause.toMillis(); wanted && left > 0; left = (deadline - System.nanoTime()) / 1_000_000) {
                wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void become(State next) {
        state = next;
        report();
    }

    private synchronized void report() {
        PartStatus own = status();
        if (services.isEmpty()) {
            ledger.part(own);
        }
        services.forEach(
                (service, servicePort) -> ledger.part(new PartStatus(service, own.pid(), servicePort, own.state())));
    }
}
