package dev.tidings.websocket.cluster.peers;

import dev.tidings.websocket.delivery.ConnectionProgress;
import dev.tidings.websocket.stream.StreamName;
import java.util.List;
import java.util.Map;

/**
 * Asks every replica of the cluster about its connections: all live ones at the same time, and waits for their responses, for about
 * a second at most. Who refuses the connection is gone and not mentioned.
 */
public interface ClusterQuery {
    /** How many connections each user has. */
    ClusterResponse<Map<String, Integer>> countByUser() throws InterruptedException;

    /** How far the connections that follow a stream are, those that closed lately too. */
    ClusterResponse<List<ConnectionProgress>> progress(StreamName stream) throws InterruptedException;

    /**
     * What one replica answered.
     *
     * @param id its present boot id
     * @param name its name
     */
    record ReplicaResponse<T>(String id, String name, T value) {}

    /**
     * The responses.
     *
     * @param responses of the replicas that gave one, this one included, in the order of their names
     * @param silent names of replicas that hold a lease but did not answer in time, so that the roll may lack some
     */
    record ClusterResponse<T>(List<ReplicaResponse<T>> responses, List<String> silent) {
        public ClusterResponse {
            responses = List.copyOf(responses);
            silent = List.copyOf(silent);
        }
    }
}
