package dev.tidings.websocket.cluster;

import dev.tidings.websocket.cluster.membership.ClusterTiming;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What a replica is told about its cluster.
 *
 * @param bindAddress where the internal listener listens
 * @param internalPort of the internal listener; 0 picks a free one
 * @param internalAddress {@code host:port} under which peers reach it; empty for this host's loopback and that port
 * @param secret shared by all replicas; without it peers refuse each other
 * @param store name of the Dapr state store
 * @param tellingFactor peers are told without asking the store when a batch has at least this many streams per peer
 */
@ConfigurationProperties("tidings.cluster")
record ClusterSettings(
        @DefaultValue("0.0.0.0") String bindAddress,
        @DefaultValue("8104") int internalPort,
        @DefaultValue("") String internalAddress,
        @DefaultValue("") String secret,
        @DefaultValue("registry") String store,
        @DefaultValue("8") int tellingFactor,
        @DefaultValue ClusterTiming timing) {
    /** A shorter secret can be guessed by someone who reaches the port. */
    static final int SECRET_LENGTH = 16;

    ClusterSettings {
        if (!secret.isEmpty() && secret.length() < SECRET_LENGTH) {
            throw new IllegalArgumentException("tidings.cluster.secret (TIDINGS_CLUSTER_SECRET) must have at least "
                    + SECRET_LENGTH + " characters; it has " + secret.length());
        }
        if (tellingFactor < 1) {
            throw new IllegalArgumentException("tidings.cluster.telling-factor must be at least 1");
        }
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "ClusterSettings[bindAddress=%s, internalPort=%d, internalAddress=%s, store=%s, tellingFactor=%d, timing=%s]"
                .formatted(bindAddress, internalPort, internalAddress, store, tellingFactor, timing);
    }
}
