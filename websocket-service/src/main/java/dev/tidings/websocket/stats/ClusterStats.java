package dev.tidings.websocket.stats;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.tidings.websocket.cluster.peers.ClusterQuery.ClusterResponse;
import dev.tidings.websocket.cluster.peers.ClusterQuery.ReplicaResponse;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The response of {@code /stats}.
 *
 * @param totalUsers number of distinct users in the cluster
 * @param users connections per user in the cluster; null if the caller may not see user ids
 * @param replicas the replicas in the order of their names; null like {@code users}
 * @param unreachable names of replicas with a live lease that did not answer and are missing in the totals; null like
 *     {@code users}, and if there are none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ClusterStats(
        @JsonProperty("total_users") int totalUsers,
        @JsonProperty("total_connections") int totalConnections,
        @Nullable SortedMap<String, Integer> users,
        @Nullable List<Replica> replicas,
        @Nullable List<String> unreachable) {

    /** The connections of one replica. */
    record Replica(String id, String name, int connections, int users) {}

    static ClusterStats of(ClusterResponse<Map<String, Integer>> response) {
        SortedMap<String, Integer> users = new TreeMap<>();
        for (ReplicaResponse<Map<String, Integer>> replica : response.responses()) {
            replica.value().forEach((user, connections) -> users.merge(user, connections, Integer::sum));
        }
        List<Replica> replicas = response.responses().stream()
                .map(replica -> new Replica(
                        replica.id(),
                        replica.name(),
                        connections(replica.value()),
                        replica.value().size()))
                .toList();
        return new ClusterStats(
                users.size(),
                connections(users),
                users,
                replicas,
                response.silent().isEmpty() ? null : response.silent());
    }

    private static int connections(Map<String, Integer> users) {
        return users.values().stream().mapToInt(Integer::intValue).sum();
    }

    ClusterStats totalsOnly() {
        return new ClusterStats(totalUsers, totalConnections, null, null, null);
    }
}
