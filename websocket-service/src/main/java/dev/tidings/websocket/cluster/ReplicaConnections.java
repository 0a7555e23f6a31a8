package dev.tidings.websocket.cluster;

import java.util.Map;

/**
 * The connections that one replica holds.
 *
 * @param id its present boot id
 * @param name its name
 * @param users how many connections each user has there
 */
public record ReplicaConnections(String id, String name, Map<String, Integer> users) {
    public ReplicaConnections {
        users = Map.copyOf(users);
    }

    public int connections() {
        return users.values().stream().mapToInt(Integer::intValue).sum();
    }
}
