package dev.tidings.websocket.cluster;

/** The cluster state of this replica, for health checks. Thread-safe; no method blocks. */
public interface ClusterState {
    /** Returns whether the replica holds a lease. */
    boolean isJoined();

    /** Returns the incarnation id of the replica. */
    String incarnation();

    /** Returns how many other replicas were alive at the last read of the member list. */
    int peers();
}
