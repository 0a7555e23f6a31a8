package dev.tidings.local;

import dev.tidings.devkit.TidingsDatabase;
import dev.tidings.local.Parts.Tier;
import dev.tidings.tokens.TokenIssuer;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * The whole system on one machine: which parts there are, what each needs, where it listens.
 *
 * <p>{@code ./run} starts it on fixed ports; system tests start others beside it, on free ports and in folders of their own, and
 * break them part by part ({@link #part}). Any thread may call.
 */
public final class LocalStack implements AutoCloseable {

    public static final String POSTGRES = "postgres";
    public static final String REDIS = "redis";
    public static final String KAFKA = "kafka";
    public static final String BACKEND = "backend";
    public static final String WEBSOCKET_SERVICE = "websocket-service";

    private final StackOptions options;
    private final PortPlan ports;
    private final Parts parts;
    private final Secrets secrets;
    private final Launches launches;
    private final Part postgres;
    private final Part redis;
    private final Part kafka;

    LocalStack(StackOptions options, StackEvents events) {
        this.options = options;
        this.ports = options.ports();
        this.secrets = Secrets.of(options.data());
        this.launches = new Launches(options, secrets, events);
        this.parts = Parts.in(options, events);

        postgres = parts.add(Tier.INFRASTRUCTURE, POSTGRES, ports.postgres(), launches::postgres);
        redis = parts.add(Tier.INFRASTRUCTURE, REDIS, ports.redis(), launches::redis);
        kafka = parts.add(Tier.INFRASTRUCTURE, KAFKA, ports.kafka(), launches::kafka);
        addBackend();
        for (int replica = 1; replica <= options.replicas(); replica++) {
            addWebSocketService(replica);
        }
    }

    private void addBackend() {
        int port = ports.backend();
        parts.add(Tier.SERVICES, BACKEND, port, launches.backend(port), postgres.whenReady());
        addSidecar(BACKEND, BACKEND, port);
    }

    private List<Part> addWebSocketService(int replica) {
        String name = replicaName(replica);
        int port = ports.websocketService(replica);
        return List.of(
                parts.add(Tier.SERVICES, name, port, launches.webSocketService(name, replica), postgres.whenReady()),
                addSidecar(WEBSOCKET_SERVICE, name, port));
    }

    /** An app does not wait for its sidecar, nor the sidecar for its app: each works as soon as the other is there. */
    private Part addSidecar(String appId, String appName, int appPort) {
        String name = sidecarName(appName);
        return parts.add(
                Tier.SIDECARS,
                name,
                ports.sidecarHttp(appPort),
                launches.sidecar(appId, name, appPort),
                launches.daprd(),
                postgres.whenReady(),
                redis.whenReady(),
                kafka.whenReady());
    }

    /** Starts a stack and returns when all of it is up. */
    public static LocalStack start(StackOptions options, StackEvents events) {
        LocalStack stack = new LocalStack(options, events);
        stack.start();
        return stack;
    }

    /** @throws Problem if a port is taken or a part does not start; then nothing of the stack is left running */
    void start() {
        try {
            ports.requireFree(options.replicas());
            launches.findDaprd();
            parts.start();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Stops all, services first. The data stays. */
    @Override
    public void close() {
        parts.close();
    }

    boolean isClosed() {
        return parts.isClosed();
    }

    // --- parts by name -----------------------------------------------------------------------------------------------

    public static String replicaName(int replica) {
        return WEBSOCKET_SERVICE + "-" + replica;
    }

    /** Of {@link #BACKEND} or a {@link #replicaName}. */
    public static String sidecarName(String appName) {
        return appName + "-daprd";
    }

    public List<Part> parts() {
        return parts.all();
    }

    public Part part(String name) {
        return parts.find(name).orElseThrow(() -> new IllegalArgumentException("no part is named '" + name + "'"));
    }

    /** Starts one more replica with its sidecar, and waits for both. */
    public void addReplica(int replica) {
        List<Part> added = addWebSocketService(replica);
        added.forEach(Part::start);
        parts.awaitReady(added);
    }

    public void removeReplica(int replica) {
        parts.remove(part(replicaName(replica)));
        parts.remove(part(sidecarName(replicaName(replica))));
    }

    // --- addresses ---------------------------------------------------------------------------------------------------

    public URI backend() {
        return http(ports.backend());
    }

    /** @param replica 1, 2, … */
    public URI webSocketService(int replica) {
        return http(ports.websocketService(replica));
    }

    /** Where clients connect. */
    public URI webSocket(int replica) {
        return URI.create("ws://localhost:%d/ws".formatted(ports.websocketService(replica)));
    }

    /** The sidecar's HTTP API; calls need {@link #sidecarToken} as header {@code dapr-api-token}. */
    public URI sidecar(String appName) {
        return http(part(sidecarName(appName)).port());
    }

    public String sidecarToken() {
        return secrets.sidecarToken();
    }

    /** Logins of all owners; only while PostgreSQL was up once. */
    public TidingsDatabase database() {
        return launches.database().join();
    }

    public String kafkaBootstrap() {
        return Launches.LOOPBACK + ":" + ports.kafka();
    }

    public String redisAddress() {
        return Launches.LOOPBACK + ":" + ports.redis();
    }

    /** Issues tokens that the stack accepts. */
    public TokenIssuer tokenIssuer() {
        return secrets.tokenIssuer();
    }

    /** A file for each part. */
    public Path logs() {
        return options.logs();
    }

    private static URI http(int port) {
        return URI.create("http://localhost:" + port);
    }
}
