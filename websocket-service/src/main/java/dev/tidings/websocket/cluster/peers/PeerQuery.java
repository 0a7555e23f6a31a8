package dev.tidings.websocket.cluster.peers;

import dev.tidings.sidecar.state.StateStoreException;
import dev.tidings.websocket.cluster.membership.Member;
import dev.tidings.websocket.cluster.membership.Membership;
import dev.tidings.websocket.delivery.ConnectionInfo;
import dev.tidings.websocket.delivery.ConnectionProgress;
import dev.tidings.websocket.delivery.LocalConnections;
import dev.tidings.websocket.stream.StreamName;
import java.io.IOException;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Queries peers over {@link PeerClient}. Thread-safe. Few queries run at a time, because each one involves all replicas. */
public final class PeerQuery implements ClusterQuery {
    private static final Logger log = LoggerFactory.getLogger(PeerQuery.class);
    private static final int MAX_CONCURRENT = 2;

    private final String name;
    private final Membership membership;
    private final PeerClient client;
    private final Supplier<LocalConnections> connections;
    private final Semaphore permits = new Semaphore(MAX_CONCURRENT);

    public PeerQuery(String name, Membership membership, PeerClient client, Supplier<LocalConnections> connections) {
        this.name = name;
        this.membership = membership;
        this.client = client;
        this.connections = connections;
    }

    /** One call to a peer. */
    private interface PeerCall<T> {
        T of(Member peer) throws IOException, InterruptedException;
    }

    @Override
    public ClusterResponse<Map<String, Integer>> countByUser() throws InterruptedException {
        return query(client::countByUser, connections.get()::countByUser);
    }

    @Override
    public ClusterResponse<List<ConnectionProgress>> progress(StreamName stream) throws InterruptedException {
        return query(
                peer -> client.progress(peer, stream), () -> connections.get().progress(stream));
    }

    @Override
    public ClusterResponse<List<ConnectionInfo>> connections(ConnectionInfo.Query query) throws InterruptedException {
        return query(peer -> client.list(peer, query), () -> connections.get().list(query));
    }

    @Override
    public ClusterResponse<Boolean> close(String id) throws InterruptedException {
        return query(peer -> client.close(peer, id), () -> connections.get().close(id));
    }

    private <T> ClusterResponse<T> query(PeerCall<T> call, Supplier<T> local) throws InterruptedException {
        permits.acquire();
        try {
            return queryAll(call, local);
        } finally {
            permits.release();
        }
    }

    private <T> ClusterResponse<T> queryAll(PeerCall<T> call, Supplier<T> local) throws InterruptedException {
        try {
            membership.read(); // Includes replicas that joined since the last heartbeat.
        } catch (StateStoreException e) {
            log.debug("The query uses the last known member list: {}", e.getMessage());
        }
        List<ReplicaResponse<T>> present = new ArrayList<>();
        List<String> silent = new ArrayList<>();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Map<Member, Future<T>> answers = new HashMap<>();
            for (Member peer : membership.peers()) {
                answers.put(peer, executor.submit(() -> call.of(peer)));
            }
            present.add(new ReplicaResponse<>(membership.incarnation(), name, local.get()));
            for (var answer : answers.entrySet()) {
                Member peer = answer.getKey();
                try {
                    present.add(new ReplicaResponse<>(
                            peer.incarnation(), peer.name(), answer.getValue().get()));
                } catch (ExecutionException e) {
                    if (isGone(e.getCause())) {
                        log.debug("Peer {} is gone: {}", peer.name(), e.getCause());
                    } else {
                        silent.add(peer.name());
                    }
                }
            }
        }
        present.sort(Comparator.<ReplicaResponse<T>, String>comparing(ReplicaResponse::name)
                .thenComparing(ReplicaResponse::id));
        silent.sort(Comparator.naturalOrder());
        return new ClusterResponse<>(present, silent);
    }

    private static boolean isGone(@Nullable Throwable cause) {
        return cause instanceof ConnectException || cause instanceof PeerClient.StalePeerException;
    }
}
