package dev.tidings.devkit;

import java.util.Map;

/**
 * Everything an integration test needs, on real parts: processes of this machine, or containers with {@code
 * -Dtidings.infrastructure=containers} (Maven profile {@code containers}).
 *
 * <p>{@link #shared()} is started once per JVM. Tests share its parts, so each keeps to itself what it can: a {@link
 * #freshDatabase()}, a consumer group, ids of its own.
 */
public interface Infrastructure extends AutoCloseable {

    /** Started by the first call, stopped when the JVM ends. */
    static Infrastructure shared() {
        return SharedInfrastructure.instance();
    }

    /** The database {@value TidingsDatabase#NAME}. */
    TidingsDatabase database();

    /** A new one, empty but for its schemas and roles. */
    TidingsDatabase freshDatabase();

    /** {@code host:port}, as seen by the tests. */
    String redisAddress();

    void flushRedis();

    /** As seen by the tests. */
    String kafkaBootstrap();

    /** Creates what is missing; a topic that has fewer partitions gets more. */
    void createTopics(Map<String, Integer> partitionsByTopic);

    /**
     * A sidecar that takes calls on return. Where the specification has no resources or configuration, those of {@code
     * dapr-components} are used; the environment the components read is set, and may be overridden by the specification's.
     */
    Sidecar startSidecar(SidecarSpec spec);

    /** Stops all of it, the sidecars first. */
    @Override
    void close();
}

/** The one of this JVM. */
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
