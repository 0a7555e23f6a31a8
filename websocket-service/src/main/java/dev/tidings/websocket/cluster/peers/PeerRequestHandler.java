package dev.tidings.websocket.cluster.peers;

import dev.tidings.websocket.delivery.ConnectionProgress;
import dev.tidings.websocket.delivery.LocalConnections;
import dev.tidings.websocket.stream.StreamName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What this replica does when a peer calls: the receiving end of {@link PeerClient}, without the transport. Any thread.
 */
public final class PeerRequestHandler {
    private final Supplier<String> boot;
    private final Supplier<LocalConnections> connections;
    private final Consumer<String> onCaller;

    /**
     * @param boot this replica's present boot id
     * @param onCaller gets the boot id of whoever pushes; must return at once
     */
    public PeerRequestHandler(
            Supplier<String> boot, Supplier<LocalConnections> connections, Consumer<String> onCaller) {
        this.boot = boot;
        this.connections = connections;
        this.onCaller = onCaller;
    }

    /** Takes a batch, unless it was meant for another incarnation. */
    public boolean push(String from, String to, PeerQueue.Batch batch) {
        onCaller.accept(from);
        if (!to.equals(boot.get())) {
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

    /** The connections here by user; empty if another incarnation was meant. */
    public Optional<Map<String, Integer>> countByUser(String to) {
        return answer(to, connections.get()::countByUser);
    }

    /** How far the connections here to a stream are; empty if another incarnation was meant. */
    public Optional<List<ConnectionProgress>> progress(String to, StreamName stream) {
        return answer(to, () -> connections.get().progress(stream));
    }

    private <T> Optional<T> answer(String to, Supplier<T> answer) {
        return to.equals(boot.get()) ? Optional.of(answer.get()) : Optional.empty();
    }
}
