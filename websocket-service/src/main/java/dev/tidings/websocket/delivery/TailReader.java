package dev.tidings.websocket.delivery;

import dev.tidings.websocket.batch.Batcher;
import dev.tidings.websocket.stream.EventLog;
import dev.tidings.websocket.stream.StreamName;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Reads the tails for connections that open. Connections that open at the same time share a statement. Thread-safe. */
final class TailReader {
    /** Maximum number of connections that share a statement. */
    private static final int MAX_BATCH = 200;

    private static final Duration RETRY = Duration.ofMillis(200);

    /** @param numbers the last number of each stream of the connection, and of others */
    record Tails(long epoch, Map<StreamName, Long> numbers) {}

    private final EventLog eventLog;
    private final Duration timeout;
    private final Batcher<Collection<StreamName>, Tails> reads;

    TailReader(EventLog eventLog, DeliverySettings settings) {
        this.eventLog = eventLog;
        this.timeout = settings.openTimeout();
        this.reads = new Batcher<>("tails", settings.concurrentReads(), MAX_BATCH, this::readAll);
    }

    /**
     * Reads the tails of these streams by a statement that begins after this call. Blocks, and retries while the log is
     * unavailable.
     *
     * @throws IllegalStateException if the log does not answer in time
     */
    Tails read(Collection<StreamName> streams) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            try {
                return reads.submit(streams).get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            } catch (ExecutionException | TimeoutException e) {
                if (deadline - System.nanoTime() <= RETRY.toNanos()) {
                    Throwable cause = e instanceof ExecutionException ? e.getCause() : e;
                    throw new IllegalStateException("no answer within %s: %s".formatted(timeout, cause), cause);
                }
            }
            Thread.sleep(RETRY);
        }
    }

    private List<Tails> readAll(List<Collection<StreamName>> connections) {
        long epoch = eventLog.epoch();
        Set<StreamName> streams = new LinkedHashSet<>();
        connections.forEach(streams::addAll);
        Tails tails = new Tails(epoch, eventLog.tails(streams));
        return Collections.nCopies(connections.size(), tails);
    }
}
