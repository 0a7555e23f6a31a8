package dev.tidings.devkit;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The project's Dapr files, and the environment variables they read. The files' heads say the same. */
public final class DaprComponents {

    public static final String KAFKA_BROKERS = "KAFKA_BROKERS";
    public static final String KAFKA_CONSUMER_GROUP = "KAFKA_CONSUMER_GROUP";
    public static final String KAFKA_AUTH_TYPE = "KAFKA_AUTH_TYPE";
    public static final String REDIS_ADDRESS = "REDIS_ADDRESS";
    public static final String REDIS_PASSWORD = "REDIS_PASSWORD";
    public static final String REDIS_TLS = "REDIS_TLS";
    public static final String NAMES_DB = "NAMES_DB";
    public static final String STATE_POSTGRES_URL = "STATE_POSTGRES_URL";

    private DaprComponents() {}

    /** The folder of the checkout. Its subfolder {@code alternatives} holds other stores under the same names. */
    public static Path folder() {
        return ProjectRoot.find().resolve("dapr-components");
    }

    /**
     * For a broker and a Redis without passwords; the consumer group is the app id unless it is set too.
     *
     * @param namesDb the file in which the sidecars of one system find each other, created by the first of them
     */
    public static Map<String, String> environment(
            String kafkaBrokers, String redisAddress, String postgresUrl, Path namesDb) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put(KAFKA_BROKERS, kafkaBrokers);
        environment.put(KAFKA_AUTH_TYPE, "none");
        environment.put(REDIS_ADDRESS, redisAddress);
        environment.put(REDIS_TLS, "false");
        environment.put(STATE_POSTGRES_URL, postgresUrl);
        environment.put(NAMES_DB, namesDb.toAbsolutePath().toString());
        return environment;
    }
}
