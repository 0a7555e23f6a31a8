package dev.tidings.websocket.cluster;

/** How this replica stands in its cluster, for health checks. Any thread; no method blocks. */
public interface ClusterState {
    /** Whether it holds a lease in the registry. */
    boolean isJoined();

    /** The boot id under which peers know it. */
    String bootId();

    /** How many other replicas are alive, as seen at the last look. */
    int peers();
}
