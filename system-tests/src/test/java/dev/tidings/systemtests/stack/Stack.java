package dev.tidings.systemtests.stack;

import static org.awaitility.Awaitility.await;

import dev.tidings.devkit.DaprComponents;
import dev.tidings.devkit.ProjectRoot;
import dev.tidings.local.supervision.Part;
import dev.tidings.local.supervision.StackEvents;
import dev.tidings.local.topology.LocalStack;
import dev.tidings.local.topology.StackOptions;
import dev.tidings.local.topology.StackOptions.Switch;
import dev.tidings.tokens.Role;
import dev.tidings.topology.App;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The running system, as processes: PostgreSQL, Redis, Kafka, sidecars, backend, workers, two replicas of the WebSocket service, examples. */
public final class Stack implements AutoCloseable {

    public static final int REPLICAS = 2;

    /** The second replica closes silent connections soon. The first one never does, however slow the machine is. */
    private static final String IMPATIENT = LocalStack.replicaName(2);

    private final LocalStack parts;
    private final JwksServer jwks;
    private final Balancer balancer;
    private final TraceCollector traces;
    private final Tokens tokens;
    private final Path folder;
    private final Database database;
    private final List<Replica> replicas;

    private Stack(LocalStack parts, JwksServer jwks, Balancer balancer, TraceCollector traces, Path folder) {
        this.parts = parts;
        this.jwks = jwks;
        this.balancer = balancer;
        this.traces = traces;
        this.folder = folder;
        this.tokens = new Tokens(secret(folder, "TIDINGS_JWT_HS256_SECRET"));
        this.database = new Database(parts.database());
        this.replicas = IntStream.rangeClosed(1, REPLICAS)
                .mapToObj(n -> new Replica(parts.part(LocalStack.replicaName(n)), parts.webSocketService(n)))
                .toList();
        balancer.lead(replicas.stream().map(Replica::address).toList());
    }

    static Stack start() {
        Path folder = StackFolder.fresh("run");
        JwksServer jwks = JwksServer.start();
        Balancer balancer = Balancer.start();
        TraceCollector traces = TraceCollector.start();
        StackOptions options = StackOptions.isolated(ProjectRoot.find(), folder)
                .withWorkers(App.workers())
                .withReplicas(REPLICAS)
                .with(Switch.EXAMPLES)
                .withEnv(LocalStack.BACKEND, "TIDINGS_JWT_JWKS_URL", jwks.url().toString())
                .withEnv(
                        LocalStack.BACKEND,
                        "TIDINGS_SOCKET_URL",
                        balancer.socket().toString())
                .withEnv(LocalStack.BACKEND, "TIDINGS_JOURNEYS_ACKNOWLEDGE_LIMIT", "3s")
                .withEnv(
                        LocalStack.WEBSOCKET_SERVICE,
                        "TIDINGS_JWT_JWKS_URL",
                        jwks.url().toString())
                .withEnv(LocalStack.WEBSOCKET_SERVICE, "TIDINGS_LOG_LEVEL", "debug")
                .withEnv(LocalStack.WEBSOCKET_SERVICE, "LOGGING_LEVEL_ROOT", "debug")
                .withEnv(IMPATIENT, "TIDINGS_DELIVERY_PINGINTERVAL", "2s")
                .withEnv(IMPATIENT, "TIDINGS_DELIVERY_SILENCELIMIT", "5s")
                .withEnv(IMPATIENT, "TIDINGS_DELIVERY_CLOSETIMEOUT", "2s")
                .withEnv(LocalStack.replicaName(1), "TIDINGS_DELIVERY_SILENCELIMIT", "10m")
                .withEnv(LocalStack.replicaName(1), "TIDINGS_DELIVERY_STALLLIMIT", "10m");
        List<String> services = Stream.concat(
                        Stream.of(LocalStack.BACKEND, LocalStack.WEBSOCKET_SERVICE),
                        App.workers().stream().map(App::id))
                .toList();
        for (String service : services) {
            options = options.withEnv(
                            service,
                            "TIDINGS_TRACING_ENDPOINT",
                            traces.endpoint().toString())
                    .withEnv(service, "TIDINGS_TRACING_SAMPLE", "0.001");
        }
        return new Stack(startParts(options), jwks, balancer, traces, folder);
    }

    /** One start at a time in this process: the first prepares the services for all, and two would slow down each other. */
    public static synchronized LocalStack startParts(StackOptions options) {
        Patience.setAsDefault();
        return LocalStack.start(options, StackEvents.toStandardError());
    }

    // --- the system's sides ------------------------------------------------------------------------------------------

    public Tasks tasks() {
        return new Tasks(parts.backend());
    }

    public Orders orders() {
        return new Orders(parts.backend(), tokens());
    }

    public Tutoring tutoring() {
        return new Tutoring(parts.backend(), tokens, database);
    }

    public URI backend() {
        return parts.backend();
    }

    public List<Replica> replicas() {
        return replicas;
    }

    /** @param number 1 or 2 */
    public Replica replica(int number) {
        return replicas.get(number - 1);
    }

    public Tokens tokens() {
        return tokens;
    }

    /** Receives what services record of few requests: a trace id whose second half begins with 0000 is among them. */
    public TraceCollector traces() {
        return traces;
    }

    public JwksServer jwks() {
        return jwks;
    }

    public Database database() {
        return database;
    }

    /** Publishes in the name of the backend, through its sidecar. */
    public Publisher publisher() {
        return publisher(LocalStack.BACKEND);
    }

    /** Publishes in the name of that app, through its sidecar. */
    public Publisher publisher(String appName) {
        return new Publisher(parts.sidecar(appName), parts.sidecarToken(), "pubsub");
    }

    public Rejected rejected() {
        return new Rejected(replica(1).address(), tokens.of("operator", Role.OPERATOR));
    }

    /** Starts a sidecar for an app that is none of ours. */
    public ForeignApp startForeignApp() {
        return ForeignApp.start(parts, folder, ForeignApp.APP_ID, "pubsub-foreign", DaprComponents.folder());
    }

    /** Starts a sidecar that finds our apps and may try to call them. It registers no app, so nobody finds it. */
    public ForeignApp startCaller(String appId) {
        return ForeignApp.start(
                parts,
                appId,
                "pubsub-foreign",
                DaprComponents.folder(),
                folder.resolve("data").resolve("names.db"));
    }

    /** Of the broker, for a producer without a sidecar. */
    public String kafkaBootstrap() {
        return parts.kafkaBootstrap();
    }

    /** Publishes in the name of a service of ours, whether it runs or not, within its scopes. */
    public ForeignApp startSidecarOf(String appId) {
        return ForeignApp.start(parts, folder, appId, "pubsub", DaprComponents.folder());
    }

    /** Of a service in {@code examples}. */
    public URI example(String appId) {
        return parts.example(appId);
    }

    /** A terminal for commands of the documents, with this system in place of one that {@code ./run} started. */
    public DocumentedCommands commands() {
        return DocumentedCommands.in(
                folder,
                parts,
                Map.of(
                        8000, parts.backend().getPort(),
                        8004, replica(1).address().getPort(),
                        8005, replica(2).address().getPort(),
                        8020, example("announcements").getPort(),
                        18000, parts.sidecar(LocalStack.BACKEND).getPort(),
                        18004, parts.sidecar(LocalStack.replicaName(1)).getPort()));
    }

    /** A second process of each of these workers, until it is closed. */
    public Seconds startSecond(List<String> workers) {
        parts.addSeconds(workers);
        return () -> parts.removeSeconds(workers);
    }

    /** Closing it stops them. */
    public interface Seconds extends AutoCloseable {
        @Override
        void close();
    }

    /** Many requests at once, {@code atOnce} clients with {@code each} tasks each; returns when all are answered. */
    public Flood flood(List<String> users, int atOnce, int each) {
        return Flood.of(backend(), tokens, users, atOnce, each);
    }

    /** The process ids of the parts that run, by name. */
    public Map<String, Long> processes() {
        Map<String, Long> processes = new HashMap<>();
        parts.parts().forEach(part -> part.pid().ifPresent(pid -> processes.put(part.name(), pid)));
        return processes;
    }

    // --- to break it -------------------------------------------------------------------------------------------------

    public Part part(String name) {
        return parts.part(name);
    }

    public Part backendPart() {
        return parts.part(LocalStack.BACKEND);
    }

    public Part sidecarOf(String appName) {
        return parts.part(LocalStack.sidecarName(appName));
    }

    /** As a lost machine: the replica and its sidecar are gone at once, and stay so until {@link #awaitHealthy}. */
    public void kill(Replica replica) {
        replica.part().kill();
        sidecarOf(replica.part().name()).kill();
    }

    /** The pages' connections are gone, as when a cable is pulled or a proxy restarts. */
    public void cutPages() {
        balancer.cut();
    }

    /** As a paused machine: the replica and its sidecar keep their sockets and do nothing. */
    public void freeze(Replica replica) {
        replica.part().suspend();
        sidecarOf(replica.part().name()).suspend();
    }

    public void thaw(Replica replica) {
        sidecarOf(replica.part().name()).resume();
        replica.part().resume();
    }

    /** All that Dapr's state store knew is gone. */
    public void emptyRedis() {
        if (!redis("FLUSHALL").equals("+OK")) {
            throw new IllegalStateException("Redis did not flush");
        }
    }

    public boolean isCached(String key) {
        return redis("EXISTS " + key).equals(":1");
    }

    /** @param command whose answer is one line */
    private String redis(String command) {
        String[] address = parts.redisAddress().split(":");
        try (Socket socket = new Socket(address[0], Integer.parseInt(address[1]))) {
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Brings back what a test took away, and waits until every part says that it can do its work. */
    public void awaitHealthy() {
        parts.parts().forEach(Part::resume);
        parts.parts().forEach(Part::start);
        parts.parts().forEach(Part::awaitReady);
        Stream.concat(Stream.of(backend()), replicas.stream().map(Replica::address))
                .forEach(service -> await("health of " + service)
                        .ignoreExceptions()
                        .until(() -> Http.get(service.resolve("/health")).status() == 200));
    }

    /** The content of every log file. */
    public String logs() {
        try (Stream<Path> files = Files.list(parts.logs())) {
            return String.join(
                    "\n", files.filter(Files::isRegularFile).map(Stack::read).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the parts know of each other and nobody else may. */
    public List<String> secrets() {
        return secretLines(folder).map(Stack::valueOf).toList();
    }

    public String logOf(Part part) {
        return read(part.log());
    }

    @Override
    public void close() {
        parts.close();
        balancer.close();
        traces.close();
        jwks.close();
    }

    private static String secret(Path folder, String name) {
        return secretLines(folder)
                .filter(line -> line.startsWith(name + "="))
                .map(Stack::valueOf)
                .findFirst()
                .orElseThrow();
    }

    private static Stream<String> secretLines(Path folder) {
        return read(folder.resolve("data").resolve("secrets")).lines().filter(line -> line.contains("="));
    }

    private static String valueOf(String line) {
        return line.substring(line.indexOf('=') + 1);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
