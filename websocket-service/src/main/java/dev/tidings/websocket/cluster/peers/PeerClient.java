package dev.tidings.websocket.cluster.peers;

import dev.tidings.websocket.cluster.membership.Member;
import dev.tidings.websocket.delivery.ConnectionProgress;
import dev.tidings.websocket.stream.StreamName;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** What replicas say to each other. Any thread; each call blocks for at most the push timeout. */
public interface PeerClient {
    /** How a push ended. */
    enum PushResult {
        ACCEPTED,
        /** Another incarnation lives at the address: what we know of this peer is old. */
        STALE,
        /** Refused, timed out or broken off; the peer may have taken it nevertheless. */
        FAILED
    }

    /** Hands a batch to a peer. */
    PushResult push(Member peer, String from, PeerQueue.Batch batch) throws InterruptedException;

    /**
     * Asks a peer how many connections each user holds there.
     *
     * @throws java.net.ConnectException if nobody is there any more
     * @throws StalePeerException if another incarnation lives at the address
     * @throws IOException if there is somebody who does not answer
     */
    Map<String, Integer> countByUser(Member peer) throws IOException, InterruptedException;

    /**
     * Asks a peer how far its connections to a stream are; throws as {@link #countByUser} does.
     */
    List<ConnectionProgress> progress(Member peer, StreamName stream) throws IOException, InterruptedException;

    /** Another incarnation lives at the peer's address: the one that was meant is gone. */
    final class StalePeerException extends IOException {
        public StalePeerException(Member meant) {
            super(meant.name() + " no longer has the boot id " + meant.boot());
        }
    }
}
