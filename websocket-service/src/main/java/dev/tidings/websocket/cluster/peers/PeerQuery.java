package dev.tidings.websocket.cluster.peers;

import dev.tidings.websocket.cluster.membership.Member;
import dev.tidings.websocket.cluster.membership.Membership;
import dev.tidings.websocket.cluster.store.StateStoreException;
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

/** The roll call over {@link PeerClient}. Any thread; few at a time, since each costs all replicas some work. */
public final class PeerQuery implements ClusterQuery {
    private static final Logger log = LoggerFactory.getLogger(PeerQuery.class);
    private static final int AT_ONCE = 2;

    private final String name;
    private final Membership membership;
    private final PeerClient calls;
    private final Supplier<LocalConnections> connections;
    private final Semaphore permits = new Semaphore(AT_ONCE);

    public PeerQuery(String name, Membership membership, PeerClient calls, Supplier<LocalConnections> connections) {
        this.name = name;
        this.membership = membership;
        this.calls = calls;
        this.connections = connections;
    }

    /** A question to another replica. */
    private interface Question<T> {
        T ask(Member peer) throws IOException, InterruptedException;
    }

    @Override
    public ClusterResponse<Map<String, Integer>> countByUser() throws InterruptedException {
        return call(calls::countByUser, connections.get()::countByUser);
    }

    @Override
    public ClusterResponse<List<ConnectionProgress>> progress(StreamName stream) throws InterruptedException {
        return call(
                peer -> calls.progress(peer, stream), () -> connections.get().progress(stream));
    }

    private <T> ClusterResponse<T> call(Question<T> question, Supplier<T> here) throws InterruptedException {
        permits.acquire();
        try {
            return ask(question, here);
        } finally {
            permits.release();
        }
    }

    private <T> ClusterResponse<T> ask(Question<T> question, Supplier<T> here) throws InterruptedException {
        try {
            membership.look(); // A replica that came within the last heartbeat counts too.
        } catch (StateStoreException e) {
            log.debug("The roll is called among the replicas known so far: {}", e.getMessage());
        }
        List<ReplicaResponse<T>> present = new ArrayList<>();
        List<String> silent = new ArrayList<>();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Map<Member, Future<T>> answers = new HashMap<>();
            for (Member peer : membership.peers()) {
                answers.put(peer, executor.submit(() -> question.ask(peer)));
            }
            present.add(new ReplicaResponse<>(membership.boot(), name, here.get()));
            for (var answer : answers.entrySet()) {
                Member peer = answer.getKey();
                try {
                    present.add(new ReplicaResponse<>(
                            peer.boot(), peer.name(), answer.getValue().get()));
                } catch (ExecutionException e) {
                    if (isGone(e.getCause())) {
                        log.debug("{} is gone: {}", peer.name(), e.getCause());
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
