package dev.tidings.websocket.cluster;

import dev.tidings.websocket.cluster.membership.ClusterTiming;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the cluster.
 *
 * @param bindAddress address of the internal port
 * @param internalPort port for calls from peers; 0 selects a free port
 * @param internalAddress {@code host:port} where peers reach this replica; empty for the loopback address and that port
 * @param secret the secret that all replicas share; replicas without it reject each other
 * @param store name of the Dapr state store
 * @param broadcastFactor a batch is broadcast without a lookup if it has at least this many streams per peer
 */
@ConfigurationProperties("tidings.cluster")
record ClusterSettings(
        @DefaultValue("0.0.0.0") String bindAddress,
        @DefaultValue("8104") int internalPort,
        @DefaultValue("") String internalAddress,
        @DefaultValue("") String secret,
        @DefaultValue("registry") String store,
        @DefaultValue("8") int broadcastFactor,
        @DefaultValue ClusterTiming timing) {
    /** A shorter secret can be guessed. */
    static final int SECRET_LENGTH = 16;

    ClusterSettings {
        if (!secret.isEmpty() && secret.length() < SECRET_LENGTH) {
            throw new IllegalArgumentException("tidings.cluster.secret (TIDINGS_CLUSTER_SECRET) must have at least "
                    + SECRET_LENGTH + " characters; it has " + secret.length());
        }
        if (broadcastFactor < 1) {
            throw new IllegalArgumentException("tidings.cluster.broadcast-factor must be at least 1");
        }
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "ClusterSettings[bindAddress=%s, internalPort=%d, internalAddress=%s, store=%s, broadcastFactor=%d, timing=%s]"
                .formatted(bindAddress, internalPort, internalAddress, store, broadcastFactor, timing);
    }
}
