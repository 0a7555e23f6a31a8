package dev.tidings.websocket.cluster.peers;

/** The paths and headers of the calls between replicas. */
final class PeerProtocol {
    static final String PUSH = "/internal/push";
    static final String CONNECTIONS = "/internal/connections";
    static final String PROGRESS = "/internal/progress";
    static final String LIST = "/internal/connections/list";
    static final String CLOSE = "/internal/connections/close";
    /** Query parameter: the name of a stream. */
    static final String STREAM = "stream";

    /** The shared secret. */
    static final String SECRET = "Tidings-Secret";
    /** The incarnation of the caller. */
    static final String FROM = "Tidings-From";
    /** The addressed incarnation. Any other incarnation answers 409. */
    static final String TO = "Tidings-To";

    private PeerProtocol() {}
}
