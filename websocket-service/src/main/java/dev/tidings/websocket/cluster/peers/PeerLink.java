package dev.tidings.websocket.cluster.peers;

import dev.tidings.retry.Backoff;
import dev.tidings.websocket.cluster.membership.Member;
import dev.tidings.websocket.cluster.peers.PeerClient.PushResult;
import dev.tidings.websocket.cluster.peers.PeerQueue.PeerBatch;
import dev.tidings.websocket.stream.LoggedEvent;
import dev.tidings.websocket.stream.StreamName;
import java.time.Duration;
import java.util.Collection;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The link to one incarnation of one peer: a queue, and one thread that sends it with one call in flight. Events of a
 * stream therefore arrive in order, and batches grow while the peer is slow. Any thread may call any method.
 */
public final class PeerLink implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PeerLink.class);
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2));

    private final Member peer;
    private final PeerClient client;
    private final Supplier<String> ownIncarnation;
    private final Runnable onStale;
    private final PeerMetrics metrics;
    private final PeerQueue queue = new PeerQueue();
    private final Thread thread;

    private PeerLink(
            Member peer, PeerClient client, Supplier<String> ownIncarnation, Runnable onStale, PeerMetrics metrics) {
        this.peer = peer;
        this.client = client;
        this.ownIncarnation = ownIncarnation;
        this.onStale = onStale;
        this.metrics = metrics;
        this.thread = Thread.ofVirtual().name("cluster-peer-" + peer.name()).unstarted(this::run);
    }

    /**
     * Opens the link and announces this replica to the peer.
     *
     * @param onStale called when another incarnation answers at the address of the peer
     */
    public static PeerLink open(
            Member peer, PeerClient client, Supplier<String> ownIncarnation, Runnable onStale, PeerMetrics metrics) {
        PeerLink link = new PeerLink(peer, client, ownIncarnation, onStale, metrics);
        metrics.linkOpened(peer, link.queue::size);
        link.queue.announce();
        link.thread.start();
        return link;
    }

    void send(Collection<LoggedEvent> events) {
        int dropped = queue.add(events);
        if (dropped > 0) {
            metrics.dropped(dropped);
            log.warn(
                    "The queue for peer {} overflowed: {} events dropped, the peer sweeps instead",
                    peer.name(),
                    dropped);
        }
    }

    /** Tells the peer that this replica has registered or unregistered a stream. */
    public void changed(StreamName stream) {
        queue.addChanged(stream);
    }

    void requestSweep() {
        queue.drop();
    }

    public void announce() {
        queue.announce();
    }

    private void run() {
        int failures = 0;
        try {
            while (true) {
                PeerBatch batch = queue.take();
                PushResult result = client.push(peer, ownIncarnation.get(), batch);
                if (result == PushResult.ACCEPTED) {
                    metrics.sent(batch.events().size());
                    failures = 0;
                    continue;
                }
                metrics.failed();
                metrics.dropped(batch.events().size() + queue.drop());
                if (result == PushResult.STALE) {
                    onStale.run();
                }
                failures++;
                Thread.sleep(BACKOFF.delay(failures));
            }
        } catch (InterruptedException e) {
            log.debug("The link to peer {} ({}) is closed", peer.name(), peer.incarnation());
        }
    }

    /** Stops sending; queued events are dropped. */
    @Override
    public void close() {
        metrics.linkClosed(peer);
        thread.interrupt();
    }
}
