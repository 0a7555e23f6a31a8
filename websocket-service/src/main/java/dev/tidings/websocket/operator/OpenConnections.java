package dev.tidings.websocket.operator;

import dev.tidings.events.Timestamps;
import dev.tidings.websocket.cluster.peers.ClusterQuery;
import dev.tidings.websocket.cluster.peers.ClusterQuery.ClusterResponse;
import dev.tidings.websocket.delivery.ConnectionInfo;
import dev.tidings.websocket.stream.EventLog;
import dev.tidings.websocket.stream.StreamName;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Lists and closes the open connections of the cluster (R-OP-1). Blocks on the database and on the other replicas. Every page
 * asks each replica for one page and reads the tails of its streams by one statement.
 */
@Component
class OpenConnections {
    private final ClusterQuery replicas;
    private final EventLog log;

    OpenConnections(ClusterQuery replicas, EventLog log) {
        this.replicas = replicas;
        this.log = log;
    }

    /**
     * @param device user agent of the client; empty if it sent none
     * @param state {@code slow} if events wait for the socket, {@code behind} if some were not sent yet, else {@code live}
     * @param waiting messages that the socket has not accepted
     */
    record ConnectionView(
            String id,
            String replica,
            String userId,
            String role,
            String device,
            String openedAt,
            String state,
            int waiting,
            List<StreamView> streams) {}

    /**
     * @param tail number of the newest event of the stream
     * @param behind number of events that were not sent yet
     */
    record StreamView(
            String stream, long sentUpTo, @Nullable Long acknowledgedUpTo, long tail, long behind) {}

    /**
     * @param nextCursor cursor of the next page; null on the last one
     * @param replicas names of the replicas that answered
     * @param silentReplicas replicas that did not answer in time; their connections are missing
     */
    record ConnectionPage(
            List<ConnectionView> items,
            @Nullable String nextCursor,
            List<String> replicas,
            List<String> silentReplicas) {}

    /** @param closed false if no open connection has the id */
    record CloseView(boolean closed, List<String> silentReplicas) {}

    private record Found(String replica, ConnectionInfo connection) {}

    /** @param replica name of a replica; null for all */
    ConnectionPage page(@Nullable String userId, @Nullable String replica, String after, int limit)
            throws InterruptedException {
        ClusterResponse<List<ConnectionInfo>> response =
                replicas.connections(new ConnectionInfo.Query(userId, after, limit + 1));
        List<Found> found = response.responses().stream()
                .filter(answer -> replica == null || replica.equals(answer.name()))
                .flatMap(answer -> answer.value().stream().map(connection -> new Found(answer.name(), connection)))
                .sorted(Comparator.comparing(one -> one.connection().id()))
                .limit(limit + 1L)
                .toList();
        List<Found> shown = found.subList(0, Math.min(limit, found.size()));
        Map<StreamName, Long> tails = tails(shown);
        return new ConnectionPage(
                shown.stream().map(one -> view(one, tails)).toList(),
                found.size() > limit ? shown.getLast().connection().id() : null,
                response.responses().stream()
                        .map(ClusterQuery.ReplicaResponse::name)
                        .toList(),
                response.silent());
    }

    CloseView close(String id) throws InterruptedException {
        ClusterResponse<Boolean> response = replicas.close(id);
        return new CloseView(
                response.responses().stream().anyMatch(ClusterQuery.ReplicaResponse::value), response.silent());
    }

    private Map<StreamName, Long> tails(List<Found> connections) {
        Set<StreamName> streams = connections.stream()
                .flatMap(one -> one.connection().streams().stream())
                .map(position -> new StreamName(position.stream()))
                .collect(Collectors.toSet());
        return streams.isEmpty() ? Map.of() : log.tails(streams);
    }

    private static ConnectionView view(Found found, Map<StreamName, Long> tails) {
        ConnectionInfo connection = found.connection();
        List<StreamView> streams = connection.streams().stream()
                .map(position -> {
                    long tail =
                            Math.max(tails.getOrDefault(new StreamName(position.stream()), 0L), position.sentUpTo());
                    return new StreamView(
                            position.stream(),
                            position.sentUpTo(),
                            position.acknowledgedUpTo(),
                            tail,
                            tail - position.sentUpTo());
                })
                .toList();
        boolean isBehind = streams.stream().anyMatch(stream -> stream.behind() > 0);
        return new ConnectionView(
                connection.id(),
                found.replica(),
                connection.userId(),
                connection.role(),
                connection.device(),
                Timestamps.format(Instant.ofEpochMilli(connection.openedAt())),
                connection.slow() ? "slow" : isBehind ? "behind" : "live",
                connection.waiting(),
                streams);
    }
}
