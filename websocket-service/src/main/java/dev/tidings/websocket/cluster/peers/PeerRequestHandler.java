package dev.tidings.websocket.cluster.peers;

import dev.tidings.websocket.delivery.ConnectionInfo;
import dev.tidings.websocket.delivery.ConnectionProgress;
import dev.tidings.websocket.delivery.LocalConnections;
import dev.tidings.websocket.stream.StreamName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Handles the calls of peers, without the transport. Thread-safe.
 */
public final class PeerRequestHandler {
    /** Receives what a push says about its caller. Must not block. */
    @FunctionalInterface
    public interface PeerListener {
        /**
         * @param from the incarnation of the caller
         * @param to the incarnation that is addressed, which may be a former one of this replica
         * @param lost whether notices of the caller were lost
         * @param changed the streams that the caller has registered or unregistered
         */
        void heard(String from, String to, boolean lost, List<StreamName> changed);
    }

    private final Supplier<String> incarnation;
    private final Supplier<LocalConnections> connections;
    private final PeerListener listener;

    /**
     * @param incarnation the current incarnation of this replica
     * @param listener receives the notices of pushes
     */
    public PeerRequestHandler(
            Supplier<String> incarnation, Supplier<LocalConnections> connections, PeerListener listener) {
        this.incarnation = incarnation;
        this.connections = connections;
        this.listener = listener;
    }

    /** Accepts a batch. Returns false if another incarnation is addressed. */
    public boolean push(String from, String to, PeerQueue.PeerBatch batch) {
        listener.heard(from, to, batch.sweep(), batch.changed());
        if (!to.equals(incarnation.get())) {
            return false;
        }
        if (!batch.events().isEmpty()) {
            connections.get().push(batch.events());
        }
        if (batch.sweep()) {
            connections.get().sweepNow();
        }
        return true;
    }

    /** Returns the number of connections per user; empty if another incarnation is addressed. */
    public Optional<Map<String, Integer>> countByUser(String to) {
        return answer(to, connections.get()::countByUser);
    }

    /** Returns the progress of the connections to a stream; empty if another incarnation is addressed. */
    public Optional<List<ConnectionProgress>> progress(String to, StreamName stream) {
        return answer(to, () -> connections.get().progress(stream));
    }

    /** Returns open connections; empty if another incarnation is addressed. */
    public Optional<List<ConnectionInfo>> list(String to, ConnectionInfo.Query query) {
        return answer(to, () -> connections.get().list(query));
    }

    /** Closes a connection, and returns whether it was open here; empty if another incarnation is addressed. */
    public Optional<Boolean> close(String to, String id) {
        return answer(to, () -> connections.get().close(id));
    }

    private <T> Optional<T> answer(String to, Supplier<T> answer) {
        return to.equals(incarnation.get()) ? Optional.of(answer.get()) : Optional.empty();
    }
}
