package dev.tidings.devkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.testcontainers.Testcontainers;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.MountableFile;

/**
 * Runs the infrastructure in containers of one network, for machines with Docker and to detect differences between the official images
 * and the processes of {@link LocalInfrastructure}.
 *
 * <p>A sidecar has the command line and the component files of a process: a container class that models components in Java would
 * lose their {@code envRef}. The app under test runs on the host.
 */
final class ContainerInfrastructure implements Infrastructure {

    private static final String POSTGRES_IMAGE = "postgres:18.6-alpine";
    private static final String REDIS_IMAGE = "redis:7.4-alpine";
    private static final String KAFKA_IMAGE = "apache/kafka:4.3.1";
    private static final String DAPRD_IMAGE = "daprio/daprd:" + DaprdRelease.VERSION;

    private static final int POSTGRES_PORT = 5432;
    private static final int REDIS_PORT = 6379;
    private static final String KAFKA_INSIDE = "kafka:19092";

    private final Network network;
    private final PostgreSQLContainer postgres;
    private final GenericContainer<?> redis;
    private final KafkaContainer kafka;
    private final TidingsDatabase database;
    private final AtomicInteger counter = new AtomicInteger();
    private final List<Sidecar> sidecars = new CopyOnWriteArrayList<>();

    private ContainerInfrastructure(
            Network network, PostgreSQLContainer postgres, GenericContainer<?> redis, KafkaContainer kafka) {
        this.network = network;
        this.postgres = postgres;
        this.redis = redis;
        this.kafka = kafka;
        this.database = createDatabase(TidingsDatabase.NAME);
    }

    /** Testcontainers removes the containers when the JVM ends. */
    static ContainerInfrastructure start() {
        Network network = Network.newNetwork();
        PostgreSQLContainer postgres =
                new PostgreSQLContainer(POSTGRES_IMAGE).withNetwork(network).withNetworkAliases("postgres");
        GenericContainer<?> redis = new GenericContainer<>(REDIS_IMAGE)
                .withNetwork(network)
                .withNetworkAliases("redis")
                .withExposedPorts(REDIS_PORT);
        KafkaContainer kafka = new KafkaContainer(KAFKA_IMAGE)
                .withNetwork(network)
                .withListener(KAFKA_INSIDE)
                .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                .withEnv("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0");
        Startables.deepStart(Stream.of(postgres, redis, kafka)).join();
        return new ContainerInfrastructure(network, postgres, redis, kafka);
    }

    @Override
    public TidingsDatabase database() {
        return database;
    }

    @Override
    public TidingsDatabase freshDatabase() {
        return createDatabase("fresh_" + counter.incrementAndGet());
    }

    @Override
    public String redisAddress() {
        return redis.getHost() + ":" + redis.getMappedPort(REDIS_PORT);
    }

    @Override
    public void flushRedis() {
        try {
            RedisClient.call(redis.getHost(), redis.getMappedPort(REDIS_PORT), "FLUSHALL");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String kafkaBootstrap() {
        return kafka.getBootstrapServers();
    }

    @Override
    public void createTopics(Map<String, Integer> partitionsByTopic) {
        KafkaBroker.createTopics(kafka.getBootstrapServers(), partitionsByTopic);
    }

    @Override
    public Sidecar startSidecar(SidecarSpec spec) {
        spec.appPort().ifPresent(Testcontainers::exposeHostPorts);
        SidecarContainer sidecar = new SidecarContainer(spec, network, componentEnvironment());
        sidecars.add(sidecar);
        sidecar.awaitReady();
        return sidecar;
    }

    @Override
    public void close() {
        sidecars.forEach(Sidecar::stop);
        Stream.of(kafka, redis, postgres).forEach(GenericContainer::stop);
        network.close();
    }

    private TidingsDatabase createDatabase(String name) {
        return TidingsDatabase.create(
                postgres.getHost(),
                postgres.getMappedPort(POSTGRES_PORT),
                name,
                postgres.getUsername(),
                postgres.getPassword());
    }

    /** Addresses inside of the network of the sidecars, which find each other by multicast. */
    private Map<String, String> componentEnvironment() {
        TidingsDatabase.Login dapr = database.daprState();
        String state = "postgres://%s:%s@postgres:%d/%s?sslmode=disable"
                .formatted(dapr.user(), dapr.password(), POSTGRES_PORT, database.name());
        return DaprComponents.environment(KAFKA_INSIDE, "redis:" + REDIS_PORT, state, Path.of("/unused"));
    }

    private static final class SidecarContainer implements Sidecar {

        private static final int HTTP_PORT = 3500;
        private static final int GRPC_PORT = 50001;
        private static final int INTERNAL_GRPC_PORT = 50002;
        private static final String RESOURCES = "/tidings/resources-";
        private static final String CONFIG = "/tidings/config.yaml";

        /** The sidecar is not root, and a temporary folder of a test is closed to others. */
        private static final int READABLE = 0755;

        private final String appId;

        /** Chosen here and not by Docker: an app is told the ports before its sidecar starts, and asks for them when it is gone. */
        private final int httpPort;

        private final int grpcPort;
        private final GenericContainer<?> container;

        SidecarContainer(SidecarSpec spec, Network network, Map<String, String> componentEnvironment) {
            this.appId = spec.appId();
            this.httpPort = spec.httpPort().orElseGet(Ports::free);
            this.grpcPort = spec.grpcPort().orElseGet(Ports::free);
            List<Path> folders = spec.resources().isEmpty() ? List.of(DaprComponents.folder()) : spec.resources();
            Path config =
                    spec.config().orElseGet(() -> DaprComponents.folder().resolve("alternatives/config-mdns.yaml"));
            this.container = new GenericContainer<>(DAPRD_IMAGE)
                    .withNetwork(network)
                    .withExposedPorts(HTTP_PORT, GRPC_PORT)
                    .withEnv(componentEnvironment)
                    .withEnv(spec.env())
                    .withCopyFileToContainer(MountableFile.forHostPath(config, READABLE), CONFIG)
                    .withCommand(command(spec, folders.size()))
                    .waitingFor(Wait.forHttp("/v1.0/healthz/outbound")
                            .forPort(HTTP_PORT)
                            .forStatusCode(204)
                            .withStartupTimeout(Duration.ofMinutes(1)));
            container.setPortBindings(List.of(httpPort + ":" + HTTP_PORT, grpcPort + ":" + GRPC_PORT));
            for (int i = 0; i < folders.size(); i++) {
                container.withCopyFileToContainer(
                        MountableFile.forHostPath(folders.get(i), READABLE), RESOURCES + i + "/");
            }
        }

        /** Returns the command line of a process, with folders and addresses of the container. */
        private static String[] command(SidecarSpec spec, int folders) {
            Path[] resources = new Path[folders];
            for (int i = 0; i < folders; i++) {
                resources[i] = Path.of(RESOURCES + i);
            }
            SidecarSpec inside = spec.withResources(resources)
                    .withConfig(Path.of(CONFIG))
                    .withOption("app-channel-address", "host.testcontainers.internal");
            return Daprd.command(Path.of("./daprd"), inside, HTTP_PORT, GRPC_PORT, INTERNAL_GRPC_PORT, "0.0.0.0")
                    .toArray(String[]::new);
        }

        @Override
        public String appId() {
            return appId;
        }

        @Override
        public URI httpEndpoint() {
            return URI.create("http://" + container.getHost() + ":" + httpPort());
        }

        @Override
        public int httpPort() {
            return httpPort;
        }

        @Override
        public int grpcPort() {
            return grpcPort;
        }

        @Override
        public void awaitReady() {
            container.start();
        }

        @Override
        public void stop() {
            if (container.isRunning()) {
                container
                        .getDockerClient()
                        .stopContainerCmd(container.getContainerId())
                        .exec(); // TERM: it drains
            }
            container.stop();
        }

        @Override
        public void kill() {
            container.stop(); // Testcontainers kills
        }
    }
}
