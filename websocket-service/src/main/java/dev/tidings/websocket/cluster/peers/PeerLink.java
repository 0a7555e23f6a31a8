package dev.tidings.websocket.cluster.peers;

import dev.tidings.websocket.cluster.membership.Member;
import dev.tidings.websocket.cluster.peers.PeerClient.PushResult;
import dev.tidings.websocket.cluster.peers.PeerQueue.Batch;
import dev.tidings.websocket.stream.LoggedEvent;
import java.time.Duration;
import java.util.Collection;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to one incarnation of one peer: a backlog and one thread that empties it, with one call in flight, so that
 * events of a stream arrive in order and batches grow by themselves while the peer is slow. Any thread may tell.
 */
public final class PeerLink implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PeerLink.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final Member peer;
    private final PeerClient calls;
    private final Supplier<String> ownBoot;
    private final Runnable onStale;
    private final PeerMetrics metrics;
    private final PeerQueue backlog = new PeerQueue();
    private final Thread thread;

    private PeerLink(Member peer, PeerClient calls, Supplier<String> ownBoot, Runnable onStale, PeerMetrics metrics) {
        this.peer = peer;
        this.calls = calls;
        this.ownBoot = ownBoot;
        this.onStale = onStale;
        this.metrics = metrics;
        this.thread = Thread.ofVirtual().name("cluster-peer-" + peer.name()).unstarted(this::run);
    }

    /**
     * Opens the way and greets the peer, who so learns of us at once if we are new to it.
     *
     * @param onStale called when the peer turns out to be another incarnation
     */
    public static PeerLink open(
            Member peer, PeerClient calls, Supplier<String> ownBoot, Runnable onStale, PeerMetrics metrics) {
        PeerLink link = new PeerLink(peer, calls, ownBoot, onStale, metrics);
        metrics.linkOpened(peer, link.backlog::size);
        link.backlog.greet();
        link.thread.start();
        return link;
    }

    void tell(Collection<LoggedEvent> events) {
        int forgotten = backlog.add(events);
        if (forgotten > 0) {
            metrics.dropped(forgotten);
            log.warn("The queue to {} overflowed: {} events dropped, it will sweep instead", peer.name(), forgotten);
        }
    }

    void tellToSweep() {
        backlog.forget();
    }

    public void greet() {
        backlog.greet();
    }

    private void run() {
        Duration pause = FIRST_PAUSE;
        try {
            while (true) {
                Batch batch = backlog.take();
                PushResult result = calls.push(peer, ownBoot.get(), batch);
                if (result == PushResult.ACCEPTED) {
                    metrics.sent(batch.events().size());
                    pause = FIRST_PAUSE;
                    continue;
                }
                metrics.failed();
                metrics.dropped(batch.events().size() + backlog.forget());
                if (result == PushResult.STALE) {
                    onStale.run();
                }
                Thread.sleep(pause);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        } catch (InterruptedException e) {
            log.debug("The link to {} ({}) is closed", peer.name(), peer.boot());
        }
    }

    /** Stops telling the peer; what is queued is dropped. */
    @Override
    public void close() {
        metrics.linkClosed(peer);
        thread.interrupt();
    }
}
