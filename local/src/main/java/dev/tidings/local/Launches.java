package dev.tidings.local;

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
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How each kind of part is started and what it is told. Stateless but for what the parts find out about each other. */
final class Launches {

    static final String LOOPBACK = "127.0.0.1";

    private static final Duration SERVICE_START = Duration.ofSeconds(90);
    private static final Duration SERVICE_STOP = Duration.ofSeconds(25);

    private final StackOptions options;
    private final PortPlan ports;
    private final Secrets secrets;
    private final StackEvents events;
    private final JavaHome java;
    private final CompletableFuture<DaprdBinary> daprd = new CompletableFuture<>();
    private final CompletableFuture<TidingsDatabase> database = new CompletableFuture<>();

    Launches(StackOptions options, Secrets secrets, StackEvents events) {
        this.options = options;
        this.ports = options.ports();
        this.secrets = secrets;
        this.events = events;
        this.java = locateJava();
    }

    /** Found or built beside the start of the infrastructure: the first time, that takes minutes. */
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

    /** Completed when PostgreSQL is up. */
    CompletableFuture<TidingsDatabase> database() {
        return database;
    }

    ManagedProcess postgres() {
        Postgres postgres = Postgres.start(
                options.data().resolve(LocalStack.POSTGRES), options.log(LocalStack.POSTGRES), ports.postgres());
        database.complete(postgres.createDatabase(TidingsDatabase.NAME));
        return postgres.process();
    }

    ManagedProcess redis() {
        return Redis.start(options.data().resolve(LocalStack.REDIS), options.log(LocalStack.REDIS), ports.redis())
                .process();
    }

    ManagedProcess kafka() {
        KafkaBroker kafka = KafkaBroker.start(
                options.data().resolve(LocalStack.KAFKA), options.log(LocalStack.KAFKA), ports.kafka());
        kafka.createTopics(
                Arrays.stream(Topic.values()).collect(Collectors.toMap(Topic::wireName, _ -> Topic.PARTITIONS)));
        return kafka.process();
    }

    Part.Launch backend(int port) {
        return service(
                LocalStack.BACKEND, LocalStack.BACKEND, port, TidingsDatabase::backend, List.of("-Xmx256m"), Map.of());
    }

    Part.Launch webSocketService(String name, int replica) {
        int internalPort = ports.websocketInternal(replica);
        Map<String, String> environment = Map.of(
                "TIDINGS_REPLICA_NAME",
                name,
                "TIDINGS_INTERNAL_PORT",
                Integer.toString(internalPort),
                "TIDINGS_INTERNAL_ADDRESS",
                LOOPBACK + ":" + internalPort,
                "TIDINGS_CLUSTER_SECRET",
                secrets.cluster(),
                "TIDINGS_ALLOWED_ORIGINS",
                "http://localhost:*,http://127.0.0.1:*",
                "TIDINGS_INSECURE",
                Boolean.toString(options.insecure()));
        return service(
                LocalStack.WEBSOCKET_SERVICE,
                name,
                ports.websocketService(replica),
                TidingsDatabase::websocket,
                List.of("-Xmx512m"),
                environment);
    }

    /** @param module whose jar it is */
    private Part.Launch service(
            String module,
            String name,
            int port,
            Function<TidingsDatabase, TidingsDatabase.Login> login,
            List<String> jvmOptions,
            Map<String, String> environment) {
        URI ready = URI.create("http://%s:%d/health/ready".formatted(LOOPBACK, port));
        return () -> ManagedProcess.named(name)
                .command(javaCommand(jvmOptions, ServiceJar.of(options.projectRoot(), module)))
                .withoutEnv("JAVA_TOOL_OPTIONS", "SPRING_PROFILES_ACTIVE", "SPRING_APPLICATION_JSON")
                .env(toldToEveryService(port, login.apply(database.join())))
                .env(environment)
                .env(options.environment().getOrDefault(module, Map.of()))
                .env(options.environment().getOrDefault(name, Map.of()))
                .directory(options.projectRoot())
                .log(options.log(name))
                .readyWhen(Readiness.http(ready), SERVICE_START)
                .stopGrace(SERVICE_STOP)
                .start()
                .awaitReady();
    }

    Part.Launch sidecar(String appId, String name, int appPort) {
        return () -> {
            Daprd sidecar = Daprd.start(daprd.join(), sidecarSpec(appId, name, appPort), options.log(name));
            sidecar.awaitReady();
            return sidecar.process();
        };
    }

    private List<String> javaCommand(List<String> jvmOptions, Path jar) {
        List<String> command = new ArrayList<>(List.of(
                java.java().toString(),
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "-XX:+ExitOnOutOfMemoryError"));
        command.addAll(jvmOptions);
        command.addAll(List.of("-jar", jar.toString()));
        return command;
    }

    private Map<String, String> toldToEveryService(int port, TidingsDatabase.Login login) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("SERVER_PORT", Integer.toString(port));
        environment.put("TIDINGS_BIND_ADDRESS", LOOPBACK);
        environment.put("TIDINGS_DB_URL", login.jdbcUrl());
        environment.put("TIDINGS_DB_USER", login.user());
        environment.put("TIDINGS_DB_PASSWORD", login.password());
        environment.put("DAPR_HTTP_PORT", Integer.toString(ports.sidecarHttp(port)));
        environment.put("DAPR_GRPC_PORT", Integer.toString(ports.sidecarGrpc(port)));
        environment.put("DAPR_API_TOKEN", secrets.sidecarToken());
        environment.put("APP_API_TOKEN", secrets.appToken());
        environment.put("TIDINGS_JWT_HS256_SECRET", secrets.jwt());
        environment.put("TIDINGS_JWT_ISSUER", Secrets.ISSUER);
        environment.put("TIDINGS_JWT_AUDIENCE", Secrets.AUDIENCE);
        return environment;
    }

    private SidecarSpec sidecarSpec(String appId, String name, int appPort) {
        Path components = options.projectRoot().resolve("dapr-components");
        return SidecarSpec.of(appId)
                .withAppPort(appPort)
                .withHttpPort(ports.sidecarHttp(appPort))
                .withGrpcPort(ports.sidecarGrpc(appPort))
                .withResources(components)
                .withConfig(components.resolve("config.yaml"))
                .withAppToken(secrets.appToken())
                .withApiToken(secrets.sidecarToken())
                .withEnv(DaprComponents.environment(
                        LOOPBACK + ":" + ports.kafka(),
                        LOOPBACK + ":" + ports.redis(),
                        database.join().daprStateConnectionString(),
                        options.data().resolve("names.db")))
                .withEnv(options.environment().getOrDefault(name, Map.of()))
                .withGracefulShutdown(Duration.ofSeconds(2)); // its app has ended by then
    }

    private static JavaHome locateJava() {
        try {
            return JavaHome.locate();
        } catch (IllegalStateException e) {
            throw Problem.of(String.valueOf(e.getMessage()), e);
        }
    }
}
