package dev.tidings.systemtests.client;

import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A client as a good one is: when its connection ends it comes back, at the next replica, with its last cursor. Its ledger spans
 * all its connections, so it must hold every event once and in order whatever happened to the service.
 *
 * <p>One virtual thread connects; {@link #close} ends it.
 */
public final class ResumingClient implements AutoCloseable {

    private static final long PAUSE_MILLIS = 150;

    private final List<URI> replicas;
    private final String token;
    private final Ledger ledger = new Ledger();
    private final AtomicInteger connections = new AtomicInteger();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread;

    private ResumingClient(List<URI> replicas, String token) {
        this.replicas = List.copyOf(replicas);
        this.token = token;
        this.thread = Thread.ofVirtual().name("resuming client").start(this::run);
    }

    /** Connects to the first replica; returns when it is connected. */
    public static ResumingClient connect(List<URI> replicas, String token) {
        ResumingClient client = new ResumingClient(replicas, token);
        client.ledger.awaitMessage("connected");
        return client;
    }

    public Ledger ledger() {
        return ledger;
    }

    /** How often it was connected. */
    public int connections() {
        return connections.get();
    }

    private void run() {
        int next = 0;
        while (stopped.getCount() > 0) {
            connectOnce(replicas.get(next++ % replicas.size()));
            pause();
        }
    }

    private void connectOnce(URI replica) {
        SocketClient.Builder builder = SocketClient.to(replica)
                .header("Authorization", "Bearer " + token)
                .into(ledger);
        if (!ledger.cursor().isEmpty()) {
            builder.cursor(ledger.cursor());
        }
        try (SocketClient client = builder.open()) {
            connections.incrementAndGet();
            while (client.closeCode().isEmpty() && !stopped.await(20, TimeUnit.MILLISECONDS)) {
                // until the server or the test ends it
            }
        } catch (CompletionException refused) {
            // that replica is away: the next one
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pause() {
        try {
            stopped.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stopped.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
