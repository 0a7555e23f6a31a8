package dev.tidings.websocket.stats;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.tidings.websocket.cluster.ReplicaConnections;
import dev.tidings.websocket.cluster.RollCall.Roll;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The answer of {@code /stats}.
 *
 * @param totalUsers different users; one with connections on two replicas counts once
 * @param users connections per user over all replicas; null where the caller may not see user ids
 * @param replicas in the order of their names; null like {@code users}
 * @param unreachable names of replicas that are alive by their lease but did not answer, so that the totals may lack
 *     theirs; null like {@code users}, and when there are none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ClusterStats(
        @JsonProperty("total_users") int totalUsers,
        @JsonProperty("total_connections") int totalConnections,
        @Nullable SortedMap<String, Integer> users,
        @Nullable List<Replica> replicas,
        @Nullable List<String> unreachable) {

    /** One replica's share. */
    record Replica(String id, String name, int connections, int users) {}

    static ClusterStats of(Roll roll) {
        SortedMap<String, Integer> users = new TreeMap<>();
        for (ReplicaConnections replica : roll.replicas()) {
            replica.users().forEach((user, connections) -> users.merge(user, connections, Integer::sum));
        }
        List<Replica> replicas = roll.replicas().stream()
                .map(r ->
                        new Replica(r.id(), r.name(), r.connections(), r.users().size()))
                .toList();
        int connections = replicas.stream().mapToInt(Replica::connections).sum();
        return new ClusterStats(
                users.size(), connections, users, replicas, roll.silent().isEmpty() ? null : roll.silent());
    }

    ClusterStats totalsOnly() {
        return new ClusterStats(totalUsers, totalConnections, null, null, null);
    }
}
