package dev.tidings.devkit;

import java.util.Map;

/**
 * The infrastructure of integration tests: processes of this machine or, with {@code -Dtidings.infrastructure=containers} (Maven
 * profile {@code containers}), containers.
 *
 * <p>{@link #shared()} is started once per JVM and shared by its tests. Each test uses a {@link #freshDatabase()}, a consumer group and
 * ids of its own.
 */
public interface Infrastructure extends AutoCloseable {

    /** Returns the shared infrastructure: started by the first call, stopped at the end of the JVM. */
    static Infrastructure shared() {
        return SharedInfrastructure.instance();
    }

    /** Returns the database {@value TidingsDatabase#NAME}. */
    TidingsDatabase database();

    /** Creates a database that contains only schemas and roles. */
    TidingsDatabase freshDatabase();

    /** Returns {@code host:port} for tests. */
    String redisAddress();

    void flushRedis();

    /** Returns the address for tests. */
    String kafkaBootstrap();

    /** Creates missing topics, and adds missing partitions to existing ones. */
    void createTopics(Map<String, Integer> partitionsByTopic);

    /**
     * Starts a sidecar and waits until it is ready. Without resources or configuration in the specification, those of {@code
     * dapr-components} are used. The environment of the components is set; the specification may override it.
     */
    Sidecar startSidecar(SidecarSpec spec);

    /** Stops all parts, the sidecars first. */
    @Override
    void close();
}

/** Holds the infrastructure of this JVM. */
final class SharedInfrastructure {

    private SharedInfrastructure() {}

    static Infrastructure instance() {
        return Holder.INSTANCE;
    }

    private static final class Holder {
        static final Infrastructure INSTANCE = start();
    }

    private static Infrastructure start() {
        String kind = System.getProperty("tidings.infrastructure", "processes");
        return switch (kind) {
            case "processes" -> LocalInfrastructure.startTemporary();
            case "containers" -> ContainerInfrastructure.start();
            default ->
                throw new IllegalStateException(
                        "tidings.infrastructure is \"" + kind + "\"; known are \"processes\" and \"containers\"");
        };
    }
}
