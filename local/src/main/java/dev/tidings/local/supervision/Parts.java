package dev.tidings.local.supervision;

import dev.tidings.local.supervision.Part.Launch;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** The parts of a stack. They start concurrently and stop tier by tier. */
public final class Parts implements AutoCloseable {

    /** The parts of a tier stop together; the last tier stops first. */
    public enum Tier {
        INFRASTRUCTURE,
        SIDECARS,
        SERVICES
    }

    private static final long MINIMUM_FREE_BYTES = 500L << 20;
    private static final long PATIENCE_SECONDS = 10;

    private final FolderLock lock;
    private final Ledger ledger;
    private final Path logs;
    private final StackEvents events;
    private final List<Part> all = new CopyOnWriteArrayList<>();
    private final Map<Part, Tier> tiers = new ConcurrentHashMap<>();
    private volatile boolean closed;

    private Parts(FolderLock lock, Path folder, StackEvents events) {
        this.lock = lock;
        this.logs = logsIn(folder);
        this.events = events;
        this.ledger = new Ledger(folder);
    }

    /**
     * Takes a folder: locks it, ends the processes that an earlier launcher left, and moves its logs to {@code previous}.
     *
     * @throws Problem if another launcher holds the lock, or the disk is almost full
     */
    public static Parts in(Path folder, StackEvents events) {
        FolderLock lock = FolderLock.take(folder);
        try {
            Ledger.endLeftovers(folder, Ledger.GRACE, events::note);
            moveLogs(logsIn(folder));
            requireRoom(folder);
            return new Parts(lock, folder, events);
        } catch (IOException e) {
            lock.close();
            throw Problem.cannotWrite(folder, e);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** @param needs complete before the part starts for the first time */
    public Part add(Tier tier, String name, int port, Launch launch, CompletableFuture<?>... needs) {
        Part part = new Part(name, port, log(name), List.of(needs), launch, ledger, events);
        tiers.put(part, tier);
        all.add(part);
        return part;
    }

    private static Path logsIn(Path folder) {
        return folder.resolve("logs");
    }

    /** The log file of a part. */
    public Path log(String part) {
        return logs.resolve(part + ".log");
    }

    /** Stops a part and removes it. */
    public void remove(Part part) {
        part.stop();
        all.remove(part);
        tiers.remove(part);
        ledger.removePart(part.name());
    }

    public List<Part> all() {
        return List.copyOf(all);
    }

    public Optional<Part> find(String name) {
        return all.stream().filter(part -> part.name().equals(name)).findFirst();
    }

    /**
     * Starts all parts and returns when all are up.
     *
     * @throws Problem if a part does not start; then the others are stopped
     */
    public void start() {
        all.forEach(Part::start);
        try {
            awaitReady(all);
        } catch (Problem e) {
            if (!closed) {
                events.note("a part did not start: stopping the others");
            }
            close();
            throw e;
        }
    }

    public void awaitReady(List<Part> awaited) {
        CompletableFuture<Object> failed = new CompletableFuture<>();
        CompletableFuture<?>[] each = awaited.stream()
                .map(part -> part.whenReady().whenComplete((_, e) -> {
                    if (e != null) {
                        failed.completeExceptionally(e);
                    }
                }))
                .toArray(CompletableFuture[]::new);
        long begin = System.nanoTime();
        CompletableFuture<?> outcome = CompletableFuture.anyOf(CompletableFuture.allOf(each), failed);
        while (true) {
            try {
                outcome.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                return;
            } catch (TimeoutException e) {
                long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin);
                events.note("%d s: still waiting for %s".formatted(seconds, namesOfUnready(awaited)));
            } catch (ExecutionException e) {
                throw Problem.in(e, "the start failed");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw Problem.of("interrupted while the parts started", e);
            }
        }
    }

    public boolean isClosed() {
        return closed;
    }

    /** Stops the services, then the sidecars, then the infrastructure. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        for (Tier tier : Arrays.asList(Tier.values()).reversed()) {
            stopTogether(all.stream().filter(part -> tiers.get(part) == tier).toList());
        }
        ledger.delete();
        lock.close();
    }

    private static void stopTogether(List<Part> parts) {
        List<Thread> stoppers = new ArrayList<>();
        parts.forEach(part -> stoppers.add(Thread.ofVirtual().start(part::stop)));
        stoppers.forEach(Threads::join);
    }

    private static String namesOfUnready(List<Part> parts) {
        return parts.stream()
                .filter(part -> !part.whenReady().isDone())
                .map(Part::name)
                .collect(Collectors.joining(", "));
    }

    /** Keeps the logs of the last run, in case it crashed. */
    private static void moveLogs(Path logs) throws IOException {
        Path previous = Files.createDirectories(logs.resolve("previous"));
        try (DirectoryStream<Path> files = Files.newDirectoryStream(logs, "*.log")) {
            for (Path file : files) {
                if (!file.endsWith("build.log")) {
                    Path name = Objects.requireNonNull(file.getFileName());
                    Files.move(file, previous.resolve(name), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    private static void requireRoom(Path folder) throws IOException {
        long free = Files.getFileStore(folder).getUsableSpace();
        if (free < MINIMUM_FREE_BYTES) {
            throw Problem.diskAlmostFull(folder, free, MINIMUM_FREE_BYTES);
        }
    }
}
