package dev.tidings.local.topology;

import dev.tidings.devkit.TidingsDatabase;
import dev.tidings.local.supervision.Part;
import dev.tidings.local.supervision.Parts;
import dev.tidings.local.supervision.Parts.Tier;
import dev.tidings.local.supervision.PrivateFolder;
import dev.tidings.local.supervision.StackEvents;
import dev.tidings.local.topology.StackOptions.Switch;
import dev.tidings.tokens.TokenIssuer;
import dev.tidings.topology.App;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The whole system on one machine: its parts, what each needs, and where it listens.
 *
 * <p>{@code ./run} starts it on fixed ports. System tests start others beside it, on free ports and in folders of their own, and
 * stop or kill single parts ({@link #part}). Every method may be called from any thread.
 */
public final class LocalStack implements AutoCloseable {

    public static final String POSTGRES = "postgres";
    public static final String REDIS = "redis";
    public static final String KAFKA = "kafka";
    public static final String BACKEND = "backend";
    public static final String WEBSOCKET_SERVICE = "websocket-service";

    /** The process of all workers, with {@link Switch#WORKERS_IN_ONE_PROCESS}. */
    public static final String WORKERS = "workers";

    private final StackOptions options;
    private final PortPlan ports;
    private final Parts parts;
    private final Secrets secrets;
    private final ServiceSpecs specs;
    private final Launches launches;
    private final Part postgres;
    private final Part redis;
    private final Part kafka;

    public LocalStack(StackOptions options, StackEvents events) {
        PrivateFolder.create(options.folder());
        this.options = options;
        this.ports = options.ports();
        this.secrets = Secrets.of(options.data());
        this.specs = new ServiceSpecs(options, secrets);
        this.launches = new Launches(options, secrets, events);
        this.parts = Parts.in(options.folder(), events);

        postgres = parts.add(Tier.INFRASTRUCTURE, POSTGRES, ports.postgres(), launches::postgres);
        redis = parts.add(Tier.INFRASTRUCTURE, REDIS, ports.redis(), launches::redis);
        kafka = parts.add(Tier.INFRASTRUCTURE, KAFKA, ports.kafka(), launches::kafka);
        if (options.has(Switch.WORKERS_IN_ONE_PROCESS)) {
            specs.backendAndReplicas().forEach(this::add);
            addInOneProcess(specs.workers());
        } else {
            specs.all().forEach(this::add);
        }
        if (options.services() && options.has(Switch.EXAMPLES)) {
            ExampleSpec.ALL.forEach(this::add);
        }
    }

    /** The services that {@code dapr.yaml} describes too. */
    List<ServiceSpec> services() {
        return specs.all();
    }

    /** A service and its sidecar do not wait for each other: each works as soon as the other is up. */
    private List<Part> add(ServiceSpec spec) {
        Part service = parts.add(Tier.SERVICES, spec.name(), spec.port(), launches.service(spec), postgres.whenReady());
        return List.of(service, addSidecar(spec));
    }

    private void addInOneProcess(List<ServiceSpec> workers) {
        if (workers.isEmpty()) {
            return;
        }
        Part process = parts.add(
                Tier.SERVICES, WORKERS, workers.getFirst().port(), launches.workers(workers), postgres.whenReady());
        workers.forEach(worker -> process.serves(worker.name(), worker.port()));
        workers.forEach(this::addSidecar);
    }

    private Part addSidecar(ServiceSpec spec) {
        return parts.add(
                Tier.SIDECARS,
                spec.sidecar(),
                ports.sidecarHttp(spec.port()),
                launches.sidecar(spec),
                launches.daprd(),
                postgres.whenReady(),
                redis.whenReady(),
                kafka.whenReady());
    }

    private void add(ExampleSpec spec) {
        String token = Secrets.random();
        parts.add(Tier.SERVICES, spec.appId(), spec.port(ports), launches.example(spec, token));
        parts.add(
                Tier.SIDECARS,
                spec.sidecar(),
                ports.sidecarHttp(spec.port(ports)),
                launches.exampleSidecar(spec, token),
                launches.daprd(),
                postgres.whenReady(),
                kafka.whenReady());
    }

    /** Starts a stack and returns when all parts are up. */
    public static LocalStack start(StackOptions options, StackEvents events) {
        LocalStack stack = new LocalStack(options, events);
        stack.start();
        return stack;
    }

    /**
     * Does the work that takes long and is needed once per build. {@link #start} does it too.
     *
     * @throws Problem if a port is taken or there is no build
     */
    public void prepare() {
        ports.requireFree(options);
        launches.prepare(services());
    }

    /** @throws Problem if a port is taken or a part does not start; then all parts are stopped */
    public void start() {
        try {
            prepare();
            if (options.services()) {
                launches.forgetNames();
                launches.findDaprd();
            }
            parts.start();
            launches.variables().writeForShell();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Stops all parts, services first. The data stays. */
    @Override
    public void close() {
        parts.close();
    }

    public boolean isClosed() {
        return parts.isClosed();
    }

    // --- parts by name -----------------------------------------------------------------------------------------------

    public static String replicaName(int replica) {
        return WEBSOCKET_SERVICE + "-" + replica;
    }

    /** The name of a worker's {@link #addSeconds second process}. */
    public static String secondName(String worker) {
        return worker + "-2";
    }

    /** @param appName {@link #BACKEND}, a {@link #replicaName} or a worker */
    public static String sidecarName(String appName) {
        return appName + "-daprd";
    }

    public List<Part> parts() {
        return parts.all();
    }

    public Part part(String name) {
        return parts.find(name).orElseThrow(() -> new IllegalArgumentException("no part is named '" + name + "'"));
    }

    /** Starts a second process of each of these workers, with a sidecar of its own in the same consumer group, and waits for all. */
    public void addSeconds(List<String> workers) {
        List<Part> added = workers.stream()
                .map(App::of)
                .map(worker -> add(ServiceSpecs.worker(worker, secondName(worker.id()), ports.secondWorker(worker))))
                .flatMap(List::stream)
                .toList();
        added.forEach(Part::start);
        parts.awaitReady(added);
    }

    public void removeSeconds(List<String> workers) {
        workers.stream()
                .map(LocalStack::secondName)
                .flatMap(name -> Stream.of(name, sidecarName(name)))
                .forEach(name -> parts.remove(part(name)));
    }

    // --- addresses ---------------------------------------------------------------------------------------------------

    public URI backend() {
        return http(ports.backend());
    }

    /** @param replica 1, 2, … */
    public URI webSocketService(int replica) {
        return http(ports.websocketService(replica));
    }

    /** @param appName an app id in {@code examples} */
    public URI example(String appName) {
        return http(part(appName).port());
    }

    /** The address that clients connect to. */
    public URI webSocket(int replica) {
        return socketAt(ports.websocketService(replica));
    }

    static URI socketAt(int port) {
        return URI.create("ws://localhost:%d/ws".formatted(port));
    }

    /** The sidecar's HTTP API; calls need {@link #sidecarToken} as header {@code dapr-api-token}. */
    public URI sidecar(String appName) {
        return http(part(sidecarName(appName)).port());
    }

    public String sidecarToken() {
        return secrets.sidecarToken();
    }

    /** The logins of all roles. Blocks until PostgreSQL was up once. */
    public TidingsDatabase database() {
        return launches.database().join();
    }

    public String kafkaBootstrap() {
        return Launches.LOOPBACK + ":" + ports.kafka();
    }

    public String redisAddress() {
        return Launches.LOOPBACK + ":" + ports.redis();
    }

    /** Issues tokens that the stack of a checkout accepts. */
    public static TokenIssuer tokenIssuer(Path projectRoot) {
        return Secrets.of(StackOptions.standard(projectRoot).data()).tokenIssuer();
    }

    /** Issues tokens that this stack accepts. */
    public TokenIssuer tokenIssuer() {
        return secrets.tokenIssuer();
    }

    /** The folder with a log file for each part. */
    public Path logs() {
        return options.logs();
    }

    private static URI http(int port) {
        return URI.create("http://localhost:" + port);
    }
}
