package dev.tidings.benchmarks;

import dev.tidings.local.supervision.Folders;
import dev.tidings.local.supervision.LocalState;
import dev.tidings.local.supervision.LocalState.PartStatus;
import dev.tidings.local.supervision.StackEvents;
import dev.tidings.local.topology.LocalStack;
import dev.tidings.local.topology.StackOptions;
import dev.tidings.local.topology.StackOptions.Switch;
import dev.tidings.tokens.Role;
import dev.tidings.topology.App;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A whole system for measuring: free ports, an empty folder of its own, the build of any checkout. It ends with this JVM, also after
 * a signal. Methods may be called from any thread.
 */
final class Stack implements AutoCloseable {
    private static final Duration TOKEN_LIFE = Duration.ofHours(3);

    private final LocalStack system;
    private final Path folder;
    private final int replicas;
    private final Map<String, String> socketSettings;
    private double startSeconds;

    private Stack(LocalStack system, Path folder, int replicas, Map<String, String> socketSettings) {
        this.system = system;
        this.folder = folder;
        this.replicas = replicas;
        this.socketSettings = socketSettings;
    }

    /**
     * With the JVM flags and the memory of the images. Removes the data of an earlier stack in the folder.
     *
     * @param socketSettings environment variables of the WebSocket service
     */
    static Stack start(Path checkout, Path folder, int replicas, Map<String, String> socketSettings)
            throws IOException {
        StackOptions options = options(checkout, folder, replicas).with(Switch.IMAGE_FLAGS);
        for (Map.Entry<String, String> setting : socketSettings.entrySet()) {
            options = options.withEnv("websocket-service", setting.getKey(), setting.getValue());
        }
        return start(options, folder, replicas, socketSettings);
    }

    /** As {@code ./run} starts it. */
    static Stack startAsRun(Path checkout, Path folder) throws IOException {
        return start(
                options(checkout, folder, StackOptions.DEFAULT_REPLICAS).with(Switch.WORKERS_IN_ONE_PROCESS),
                folder,
                StackOptions.DEFAULT_REPLICAS,
                Map.of());
    }

    private static StackOptions options(Path checkout, Path folder, int replicas) {
        return StackOptions.isolated(checkout, folder)
                .withWorkers(App.workers())
                .withReplicas(replicas);
    }

    private static Stack start(StackOptions options, Path folder, int replicas, Map<String, String> socketSettings)
            throws IOException {
        if (LocalState.in(folder).isRunning()) {
            throw new IllegalStateException("another measurement runs in " + folder);
        }
        Folders.delete(folder.resolve("data"));
        LocalStack system = new LocalStack(options, quiet());
        Stack stack = new Stack(system, folder, replicas, socketSettings);
        Runtime.getRuntime().addShutdownHook(new Thread(system::close, "stop the stack"));
        system.prepare();
        long begin = System.nanoTime();
        system.start();
        stack.startSeconds = (System.nanoTime() - begin) / 1e9;
        return stack;
    }

    private static StackEvents quiet() {
        return new StackEvents() {
            @Override
            public void ready(String part, int port, Duration took) {}

            @Override
            public void note(String line) {}

            @Override
            public void trouble(String line) {
                System.err.println("  trouble: " + line);
            }
        };
    }

    int replicas() {
        return replicas;
    }

    Map<String, String> socketSettings() {
        return socketSettings;
    }

    /** The time until all parts were ready, without the preparation that is needed once for each build. */
    double startSeconds() {
        return startSeconds;
    }

    String token(String user, Role role) {
        return system.tokenIssuer().issue(user, role, TOKEN_LIFE);
    }

    URI backend() {
        return address("http", LocalStack.BACKEND, "");
    }

    /** @param replica 0, 1, …; counted round the replicas */
    URI socket(int replica) {
        return address("ws", replicaName(replica), "/ws");
    }

    /** The metrics of each replica. */
    List<URI> metrics() {
        return IntStream.range(0, replicas)
                .mapToObj(replica -> address("http", replicaName(replica), "/metrics"))
                .toList();
    }

    /** Without name resolution, which would cost each connection a look-up. */
    private URI address(String scheme, String part, String path) {
        return URI.create(
                "%s://127.0.0.1:%d%s".formatted(scheme, system.part(part).port(), path));
    }

    String replicaName(int replica) {
        return LocalStack.replicaName(1 + replica % replicas);
    }

    /** Kills the replica and its sidecar, as a node that is lost does with a pod: a sidecar alone would keep its partitions. */
    void killReplica(int replica) {
        system.part(LocalStack.sidecarName(replicaName(replica))).kill();
        system.part(replicaName(replica)).kill();
    }

    /** Stops the replica and its sidecar, as a rollout does with a pod. */
    void stopReplica(int replica) {
        system.part(replicaName(replica)).stop();
        system.part(LocalStack.sidecarName(replicaName(replica))).stop();
    }

    void startReplica(int replica) {
        system.part(LocalStack.sidecarName(replicaName(replica))).start();
        system.part(replicaName(replica)).start();
        system.part(replicaName(replica)).awaitReady();
        system.part(LocalStack.sidecarName(replicaName(replica))).awaitReady();
    }

    long pid(String part) {
        return system.part(part).pid().orElseThrow(() -> new IllegalStateException(part + " is down"));
    }

    /** The process of each part that runs, by the first of its parts: all workers may share one. */
    Map<String, Long> pids() {
        Map<String, Long> pids = new LinkedHashMap<>();
        for (PartStatus part : LocalState.in(folder).parts()) {
            Long pid = part.pid();
            if (pid != null && !pids.containsValue(pid)) {
                pids.put(part.name(), pid);
            }
        }
        return pids;
    }

    LocalStack system() {
        return system;
    }

    @Override
    public void close() {
        system.close();
    }
}
