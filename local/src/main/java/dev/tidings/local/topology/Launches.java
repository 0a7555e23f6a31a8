package dev.tidings.local.topology;

import dev.tidings.devkit.DaprComponents;
import dev.tidings.devkit.Daprd;
import dev.tidings.devkit.DaprdBinary;
import dev.tidings.devkit.JavaHome;
import dev.tidings.devkit.KafkaBroker;
import dev.tidings.devkit.ManagedProcess;
import dev.tidings.devkit.Postgres;
import dev.tidings.devkit.Readiness;
import dev.tidings.devkit.Redis;
import dev.tidings.devkit.SidecarSpec;
import dev.tidings.devkit.TidingsDatabase;
import dev.tidings.events.Topic;
import dev.tidings.local.supervision.Part;
import dev.tidings.local.supervision.Problem;
import dev.tidings.local.supervision.StackEvents;
import dev.tidings.local.topology.StackOptions.Switch;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/** Starts each kind of part. Holds no state except the sidecar's binary and the database, which other parts wait for. */
final class Launches {

    static final String LOOPBACK = "127.0.0.1";

    /** A system property for a build that is started only once. */
    private static final String NO_REHEARSAL = "tidings.no-rehearsal";

    /** As the chart limits a sidecar. With two processors the threads of an idle one wake each other: it uses a fifth more CPU. */
    private static final Map<String, String> ONE_PROCESSOR = Map.of("GOMAXPROCS", "1");

    private static final Duration SERVICE_START = Duration.ofMinutes(3);
    private static final Duration EXAMPLE_START = Duration.ofSeconds(60);
    private static final Duration SERVICE_STOP = Duration.ofSeconds(25);

    private final StackOptions options;
    private final PortPlan ports;
    private final Secrets secrets;
    private final Variables variables;
    private final StackEvents events;
    private final JavaHome java;
    private final CompletableFuture<DaprdBinary> daprd = new CompletableFuture<>();
    private final CompletableFuture<TidingsDatabase> database = new CompletableFuture<>();

    Launches(StackOptions options, Secrets secrets, StackEvents events) {
        this.options = options;
        this.ports = options.ports();
        this.secrets = secrets;
        this.events = events;
        this.variables = new Variables(options, secrets, database);
        this.java = locateJava();
    }

    /** Removes the names that sidecars of an earlier run registered; the first sidecar creates the file again. */
    void forgetNames() {
        for (String suffix : List.of("", "-wal", "-shm")) { // files of SQLite
            Path file = options.data().resolve(Variables.NAMES + suffix);
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw Problem.cannotWrite(file, e);
            }
        }
    }

    /** Locates or builds the sidecar, in parallel to the start of the infrastructure. The first build takes minutes. */
    void findDaprd() {
        Thread.ofVirtual().name("find daprd").start(() -> {
            try {
                daprd.complete(DaprdBinary.locate(options.projectRoot(), events::note));
            } catch (RuntimeException e) {
                daprd.completeExceptionally(Problem.of("there is no Dapr sidecar: " + e.getMessage(), e));
            }
        });
    }

    /** Completed after {@link #findDaprd}. */
    CompletableFuture<DaprdBinary> daprd() {
        return daprd;
    }

    Variables variables() {
        return variables;
    }

    /** Completed when PostgreSQL is up. */
    CompletableFuture<TidingsDatabase> database() {
        return database;
    }

    ManagedProcess postgres() {
        Postgres postgres = Postgres.start(
                options.data().resolve(LocalStack.POSTGRES),
                options.log(LocalStack.POSTGRES),
                ports.postgres(),
                options.has(Switch.IMAGE_FLAGS) ? Map.of("shared_preload_libraries", "pg_stat_statements") : Map.of());
        database.complete(postgres.createDatabase(TidingsDatabase.NAME));
        return postgres.process();
    }

    ManagedProcess redis() {
        return Redis.start(options.data().resolve(LocalStack.REDIS), options.log(LocalStack.REDIS), ports.redis())
                .process();
    }

    ManagedProcess kafka() {
        KafkaBroker kafka = KafkaBroker.start(
                options.data().resolve(LocalStack.KAFKA),
                options.log(LocalStack.KAFKA),
                ports.kafka(),
                options.has(Switch.IMAGE_FLAGS) ? List.of() : KafkaBroker.QUICK_START);
        kafka.createTopics(DaprComponents.protectedTopics(options.components()).stream()
                .collect(Collectors.toMap(topic -> topic, _ -> Topic.PARTITIONS)));
        return kafka.process();
    }

    /** Unpacks the jars of the services and creates their AOT caches, unless that was done for this build. */
    void prepare(List<ServiceSpec> specs) {
        Map<String, ServiceSpec> oneOfEach = new LinkedHashMap<>();
        specs.forEach(spec -> oneOfEach.putIfAbsent(spec.module(), spec));
        try (var modules = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = oneOfEach.values().stream()
                    .<Future<?>>map(spec -> modules.submit(() -> prepare(spec)))
                    .toList();
            for (Future<?> one : all) {
                try {
                    one.get();
                } catch (ExecutionException e) {
                    throw e.getCause() instanceof Problem problem
                            ? problem
                            : Problem.of("cannot prepare the services: " + e.getCause(), e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.of("the start was interrupted", e);
        }
    }

    private void prepare(ServiceSpec spec) {
        ServiceJar jar = ServiceJar.unpacked(java, options, spec.module());
        if (!jar.isRehearsed() && !Boolean.getBoolean(NO_REHEARSAL)) {
            events.note("Preparing the quick start of %s, once for each build".formatted(spec.module()));
            jar.rehearse(java, variables.withoutLogin(spec));
        }
    }

    Part.Launch service(ServiceSpec spec) {
        return () -> start(spec.name(), spec, variables.of(spec), ready(spec));
    }

    /** Starts all workers in one JVM. */
    Part.Launch workers(List<ServiceSpec> workers) {
        return () -> {
            Readiness all =
                    workers.stream().map(Launches::ready).reduce(Readiness::and).orElseThrow();
            return start(
                    LocalStack.WORKERS, workers.getFirst().withMaxHeap("320m"), variables.inOneProcess(workers), all);
        };
    }

    private ManagedProcess start(String name, ServiceSpec spec, Map<String, String> environment, Readiness ready) {
        return ManagedProcess.named(name)
                .command(ServiceJar.unpacked(java, options, spec.module()).command(java, spec))
                .withoutEnv(ServiceJar.FOREIGN_SETTINGS)
                .env(environment)
                .directory(options.projectRoot())
                .log(options.log(name))
                .readyWhen(ready, SERVICE_START)
                .stopGrace(SERVICE_STOP)
                .start()
                .awaitReady();
    }

    private static Readiness ready(ServiceSpec spec) {
        return Readiness.http(URI.create("http://%s:%d/health/ready".formatted(LOOPBACK, spec.port())));
    }

    Part.Launch sidecar(ServiceSpec spec) {
        Path components = options.components();
        SidecarSpec sidecarSpec = SidecarSpec.of(spec.service())
                .withConsumerGroup(spec.app().consumerGroup())
                .withFetchMinBytes(spec.app().fetchMinBytes())
                .withAppPort(spec.port())
                .withHttpPort(ports.sidecarHttp(spec.port()))
                .withGrpcPort(ports.sidecarGrpc(spec.port()))
                .withResources(components)
                .withConfig(components.resolve("config.yaml"))
                .withAppToken(secrets.appToken())
                .withApiToken(secrets.sidecarToken())
                .withGracefulShutdown(Duration.ofSeconds(2)); // the app has stopped before
        return () -> {
            Daprd sidecar = Daprd.start(
                    daprd.join(),
                    sidecarSpec
                            .withEnv(variables.ofSidecars())
                            .withEnv(ONE_PROCESSOR)
                            .withEnv(options.environment().getOrDefault(spec.sidecar(), Map.of())),
                    options.log(spec.sidecar()));
            sidecar.awaitReady();
            return sidecar.process();
        };
    }

    /** @param token authenticates the example and its sidecar to each other; an example receives none of the stack's secrets */
    Part.Launch example(ExampleSpec spec, String token) {
        int port = spec.port(ports);
        List<String> command = spec.command(options.projectRoot());
        return () -> ManagedProcess.named(spec.appId())
                .command(command)
                .env("PORT", Integer.toString(port))
                .env("DAPR_HTTP_PORT", Integer.toString(ports.sidecarHttp(port)))
                .env("DAPR_API_TOKEN", token)
                .env("APP_API_TOKEN", token)
                .log(options.log(spec.appId()))
                .readyWhen(Readiness.http(URI.create("http://%s:%d/health".formatted(LOOPBACK, port))), EXAMPLE_START)
                .start()
                .awaitReady();
    }

    Part.Launch exampleSidecar(ExampleSpec spec, String token) {
        int port = spec.port(ports);
        SidecarSpec sidecarSpec = SidecarSpec.of(spec.appId())
                .withAppPort(port)
                .withHttpPort(ports.sidecarHttp(port))
                .withGrpcPort(ports.sidecarGrpc(port))
                .withResources(ExampleSpec.components(options.projectRoot()))
                .withConfig(options.components().resolve("config.yaml"))
                .withAppToken(token)
                .withApiToken(token)
                .withGracefulShutdown(Duration.ofSeconds(2));
        return () -> {
            Daprd sidecar =
                    Daprd.start(daprd.join(), sidecarSpec.withEnv(variables.ofSidecars()), options.log(spec.sidecar()));
            sidecar.awaitReady();
            return sidecar.process();
        };
    }

    private static JavaHome locateJava() {
        try {
            return JavaHome.locate();
        } catch (IllegalStateException e) {
            throw Problem.of(String.valueOf(e.getMessage()), e);
        }
    }
}
