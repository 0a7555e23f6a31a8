package dev.tidings.local.topology;

import dev.tidings.devkit.Ports;
import dev.tidings.local.supervision.Problem;
import dev.tidings.local.topology.StackOptions.Switch;
import dev.tidings.topology.App;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The port of each part.
 *
 * <p>The standard plan has fixed ports below the ephemeral ones (32768 and up): the documented ports of the services, and ports of the
 * infrastructure that differ from those of an installed PostgreSQL, Redis or Kafka. The free plan, for tests, asks the system for ports.
 */
public final class PortPlan {

    /** The lowest port of the workers; {@code --port workers=N} moves all of them. */
    private static final int FIRST_WORKER =
            App.workers().stream().mapToInt(App::port).min().orElseThrow();

    private static final Map<String, Integer> STANDARD = new LinkedHashMap<>();

    static {
        STANDARD.put("backend", App.BACKEND.port());
        STANDARD.put("websocket-service", App.WEBSOCKET_SERVICE.port());
        STANDARD.put("workers", FIRST_WORKER);
        STANDARD.put("examples", 8020);
        STANDARD.put("postgres", 15432);
        STANDARD.put("redis", 16379);
        STANDARD.put("kafka", 19092);
    }

    /** A sidecar's ports are its app's plus these, the replicas' internal ones the sockets' plus 100. */
    private static final int SIDECAR_HTTP = 10_000;

    private static final int SIDECAR_GRPC = 20_000;
    private static final int INTERNAL = 100;
    private static final int SECONDS = 20;

    private static final int HIGHEST = 65_535 - SIDECAR_GRPC - INTERNAL;

    private final boolean free;
    private final Map<String, Integer> fixed;
    private final Map<String, Integer> found = new ConcurrentHashMap<>();

    private PortPlan(boolean free, Map<String, Integer> fixed) {
        this.free = free;
        this.fixed = fixed;
    }

    public static PortPlan standard() {
        return new PortPlan(false, STANDARD);
    }

    /**
     * The standard plan with some ports changed.
     *
     * @throws IllegalArgumentException for an unknown name or an unusable port
     */
    public static PortPlan standardExcept(Map<String, Integer> changes) {
        changes.forEach((name, port) -> {
            if (!STANDARD.containsKey(name)) {
                throw new IllegalArgumentException(
                        "no port is named '%s'; there are %s".formatted(name, String.join(", ", names())));
            }
            if (port < 1024 || port > HIGHEST) {
                throw new IllegalArgumentException(
                        "%s=%d is no usable port; choose one from 1024 to %d".formatted(name, port, HIGHEST));
            }
        });
        Map<String, Integer> all = new LinkedHashMap<>(STANDARD);
        all.putAll(changes);
        return new PortPlan(false, all);
    }

    /** Each port is picked at its first use and then stays the same. */
    public static PortPlan free() {
        return new PortPlan(true, Map.of());
    }

    static Set<String> names() {
        return STANDARD.keySet();
    }

    public int postgres() {
        return port("postgres", 0);
    }

    public int redis() {
        return port("redis", 0);
    }

    public int kafka() {
        return port("kafka", 0);
    }

    public int backend() {
        return port("backend", 0);
    }

    /** @param replica 1, 2, … */
    public int websocketService(int replica) {
        return port("websocket-service", replica - 1);
    }

    int worker(App worker) {
        return port("workers", worker.port() - FIRST_WORKER);
    }

    /** The port of a worker's second process, above the ports of the examples. */
    int secondWorker(App worker) {
        return port("workers", SECONDS + worker.port() - FIRST_WORKER);
    }

    /** @param number 0, 1, … */
    int example(int number) {
        return port("examples", number);
    }

    /** The port for calls between replicas. */
    int websocketInternal(int replica) {
        return free ? pick("internal " + replica) : websocketService(replica) + INTERNAL;
    }

    int sidecarHttp(int appPort) {
        return free ? pick("sidecar http " + appPort) : appPort + SIDECAR_HTTP;
    }

    int sidecarGrpc(int appPort) {
        return free ? pick("sidecar grpc " + appPort) : appPort + SIDECAR_GRPC;
    }

    /** @throws Problem that names the first port that is taken, or that two parts would share */
    void requireFree(StackOptions options) {
        Map<Integer, String> claimed = new HashMap<>();
        claim(claimed, "postgres", "postgres", postgres());
        claim(claimed, "redis", "redis", redis());
        claim(claimed, "kafka", "kafka", kafka());
        if (!options.services()) {
            return;
        }
        claimApp(claimed, "backend", "backend", backend());
        for (int replica = 1; replica <= options.replicas(); replica++) {
            String name = LocalStack.replicaName(replica);
            claimApp(claimed, name, "websocket-service", websocketService(replica));
            claim(claimed, name + " (internal)", "websocket-service", websocketInternal(replica));
        }
        options.workers().forEach(worker -> claimApp(claimed, worker.id(), "workers", worker(worker)));
        if (options.has(Switch.EXAMPLES)) {
            ExampleSpec.ALL.forEach(example -> claimApp(claimed, example.appId(), "examples", example.port(this)));
        }
    }

    private void claimApp(Map<Integer, String> claimed, String name, String option, int port) {
        claim(claimed, name, option, port);
        claim(claimed, LocalStack.sidecarName(name), option, sidecarHttp(port));
        claim(claimed, LocalStack.sidecarName(name) + " (gRPC)", option, sidecarGrpc(port));
    }

    private static void claim(Map<Integer, String> claimed, String part, String option, int port) {
        String other = claimed.put(port, part);
        if (other != null) {
            throw Problem.of("%s and %s would share port %d; move one with --port %s=<port>"
                    .formatted(other, part, port, option));
        }
        if (!Ports.isFree(port)) {
            throw Problem.portTaken(part, port, option, PortOwner.of(port).orElse(null));
        }
    }

    private int port(String name, int offset) {
        return free ? pick(name + " " + offset) : fixed.getOrDefault(name, 0) + offset;
    }

    private int pick(String name) {
        return found.computeIfAbsent(name, _ -> Ports.free());
    }
}
