package dev.tidings.websocket.cluster.peers;

/** Paths and headers of the calls between replicas. */
final class PeerProtocol {
    static final String PUSH = "/internal/push";
    static final String CONNECTIONS = "/internal/connections";
    static final String PROGRESS = "/internal/progress";
    /** Query parameter: the name of a stream. */
    static final String STREAM = "stream";

    /** The shared secret. */
    static final String SECRET = "Tidings-Secret";
    /** Boot id of the caller. */
    static final String FROM = "Tidings-From";
    /** Boot id that is meant; answered by 409 where another one lives. */
    static final String TO = "Tidings-To";

    private PeerProtocol() {}
}
