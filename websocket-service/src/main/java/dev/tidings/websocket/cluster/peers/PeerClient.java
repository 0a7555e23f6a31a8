package dev.tidings.websocket.cluster.peers;

import dev.tidings.websocket.cluster.membership.Member;
import dev.tidings.websocket.delivery.ConnectionInfo;
import dev.tidings.websocket.delivery.ConnectionProgress;
import dev.tidings.websocket.stream.StreamName;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The calls between replicas. Thread-safe; each call blocks for at most the push timeout. */
public interface PeerClient {
    /** The result of a push. */
    enum PushResult {
        ACCEPTED,
        /** Another incarnation answered at the address, so the known member list is outdated. */
        STALE,
        /** Rejected, timed out or interrupted. The peer may have accepted the batch nevertheless. */
        FAILED
    }

    /** Sends a batch to a peer. */
    PushResult push(Member peer, String from, PeerQueue.PeerBatch batch) throws InterruptedException;

    /**
     * Returns the number of connections per user of a peer.
     *
     * @throws java.net.ConnectException if the peer no longer exists
     * @throws StalePeerException if another incarnation answers at the address
     * @throws IOException if the peer does not answer
     */
    Map<String, Integer> countByUser(Member peer) throws IOException, InterruptedException;

    /**
     * Returns the progress of the connections of a peer to a stream. Throws like {@link #countByUser}.
     */
    List<ConnectionProgress> progress(Member peer, StreamName stream) throws IOException, InterruptedException;

    /** Returns open connections of a peer. Throws like {@link #countByUser}. */
    List<ConnectionInfo> list(Member peer, ConnectionInfo.Query query) throws IOException, InterruptedException;

    /** Closes a connection of a peer, and returns whether the peer had it open. Throws like {@link #countByUser}. */
    boolean close(Member peer, String id) throws IOException, InterruptedException;

    /** Another incarnation answered at the address of the peer: the addressed one is gone. */
    final class StalePeerException extends IOException {
        public StalePeerException(Member addressed) {
            super(addressed.name() + " is no longer the incarnation " + addressed.incarnation());
        }
    }
}
