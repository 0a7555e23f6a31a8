package dev.tidings.websocket.cluster;

import dev.tidings.websocket.delivery.LocalConnections;
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

/** The roll call over {@link PeerCalls}. Any thread; few at a time, since each costs all replicas some work. */
final class PeerRollCall implements RollCall {
    private static final Logger log = LoggerFactory.getLogger(PeerRollCall.class);
    private static final int AT_ONCE = 2;

    private final String name;
    private final Membership membership;
    private final PeerCalls calls;
    private final Supplier<LocalConnections> connections;
    private final Semaphore permits = new Semaphore(AT_ONCE);

    PeerRollCall(String name, Membership membership, PeerCalls calls, Supplier<LocalConnections> connections) {
        this.name = name;
        this.membership = membership;
        this.calls = calls;
        this.connections = connections;
    }

    @Override
    public Roll call() throws InterruptedException {
        permits.acquire();
        try {
            return ask();
        } finally {
            permits.release();
        }
    }

    private Roll ask() throws InterruptedException {
        try {
            membership.look(); // A replica that came within the last heartbeat counts too.
        } catch (StateStoreException e) {
            log.debug("The roll is called among the replicas known so far: {}", e.getMessage());
        }
        List<ReplicaConnections> present = new ArrayList<>();
        List<String> silent = new ArrayList<>();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Map<Member, Future<Map<String, Integer>>> answers = new HashMap<>();
            for (Member peer : membership.peers()) {
                answers.put(peer, executor.submit(() -> calls.countByUser(peer)));
            }
            present.add(new ReplicaConnections(
                    membership.boot(), name, connections.get().countByUser()));
            for (var answer : answers.entrySet()) {
                Member peer = answer.getKey();
                try {
                    present.add(new ReplicaConnections(
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
        present.sort(Comparator.comparing(ReplicaConnections::name).thenComparing(ReplicaConnections::id));
        silent.sort(Comparator.naturalOrder());
        return new Roll(present, silent);
    }

    private static boolean isGone(@Nullable Throwable cause) {
        return cause instanceof ConnectException || cause instanceof PeerCalls.OtherIncarnationException;
    }
}
