package dev.tidings.devkit;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.Yaml;

/** The Dapr files of the project and the environment variables that they read, as documented in the files. */
public final class DaprComponents {

    public static final String KAFKA_BROKERS = "KAFKA_BROKERS";
    public static final String KAFKA_CONSUMER_GROUP = "KAFKA_CONSUMER_GROUP";
    public static final String KAFKA_FETCH_MIN_BYTES = "KAFKA_FETCH_MIN_BYTES";
    public static final String KAFKA_AUTH_TYPE = "KAFKA_AUTH_TYPE";
    public static final String REDIS_ADDRESS = "REDIS_ADDRESS";
    public static final String REDIS_PASSWORD = "REDIS_PASSWORD";
    public static final String REDIS_TLS = "REDIS_TLS";
    public static final String NAMES_DB = "NAMES_DB";
    public static final String STATE_POSTGRES_URL = "STATE_POSTGRES_URL";

    private DaprComponents() {}

    /** Returns the folder of the checkout. Its subfolder {@code alternatives} contains other stores with the same names. */
    public static Path folder() {
        return ProjectRoot.find().resolve("dapr-components");
    }

    /** Returns all topics: {@code pubsub-kafka.yaml} of the folder protects each of them. */
    public static Set<String> protectedTopics(Path folder) {
        Path file = folder.resolve("pubsub-kafka.yaml");
        try (Reader yaml = Files.newBufferedReader(file)) {
            Map<String, Map<String, List<Map<String, String>>>> component = new Yaml().load(yaml);
            String topics = component.getOrDefault("spec", Map.of()).getOrDefault("metadata", List.of()).stream()
                    .filter(entry -> "protectedTopics".equals(entry.get("name")))
                    .map(entry -> entry.getOrDefault("value", ""))
                    .findFirst()
                    .orElse("");
            return Arrays.stream(topics.split(","))
                    .map(String::strip)
                    .filter(topic -> !topic.isEmpty())
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException("Could not read " + file, e);
        }
    }

    /**
     * Returns the variables for a broker and a Redis without passwords. Without another setting the consumer group is the app id.
     *
     * @param namesDb database file of the name resolution, shared by the sidecars of one system and created by the first
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
