package dev.tidings.websocket.cluster.peers;

import dev.tidings.websocket.delivery.ConnectionInfo;
import dev.tidings.websocket.delivery.ConnectionProgress;
import dev.tidings.websocket.stream.StreamName;
import java.util.List;
import java.util.Map;

/**
 * Queries all live replicas about their connections at the same time, and waits for about a second at most. A replica that
 * refuses the connection is gone and is not part of the result.
 */
public interface ClusterQuery {
    /** Returns the number of connections per user. */
    ClusterResponse<Map<String, Integer>> countByUser() throws InterruptedException;

    /** Returns the progress of the connections of a stream, including recently closed ones. */
    ClusterResponse<List<ConnectionProgress>> progress(StreamName stream) throws InterruptedException;

    /** Returns open connections of every replica, each at most the limit of the query. */
    ClusterResponse<List<ConnectionInfo>> connections(ConnectionInfo.Query query) throws InterruptedException;

    /** Closes a connection, wherever it is. Each replica answers whether it had the connection open. */
    ClusterResponse<Boolean> close(String id) throws InterruptedException;

    /**
     * The response of one replica.
     *
     * @param id its current incarnation
     * @param name its name
     */
    record ReplicaResponse<T>(String id, String name, T value) {}

    /**
     * The responses of all replicas.
     *
     * @param responses in the order of the names of the replicas, including this one
     * @param silent names of replicas that hold a lease but did not answer in time
     */
    record ClusterResponse<T>(List<ReplicaResponse<T>> responses, List<String> silent) {
        public ClusterResponse {
            responses = List.copyOf(responses);
            silent = List.copyOf(silent);
        }
    }
}
