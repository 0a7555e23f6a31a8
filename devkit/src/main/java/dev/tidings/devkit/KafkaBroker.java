package dev.tidings.devkit;

import dev.tidings.events.Topic;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * A real Kafka broker (KRaft, one node) in a JVM of its own, on the loopback interface only.
 *
 * <p>Its jars are not on the class path of this JVM, because the broker has a logging configuration of its own. The module {@code
 * devkit/kafka-broker} writes their paths in the local Maven repository to a resource, so the broker works in an IDE, in tests of any
 * module and in the launcher on the machine of the build. {@code -Dtidings.kafka.classpath} (for instance {@code /opt/kafka/libs/*})
 * replaces the list.
 */
public final class KafkaBroker extends Server {

    /** Options of a JVM that is ready soon and lives for a short time. */
    public static final List<String> QUICK_START = List.of("-XX:TieredStopAtLevel=1");

    private static final String HOST = "127.0.0.1";
    private static final String CLASS_PATH_RESOURCE = "kafka-broker.classpath";
    private static final Duration ADMIN_TIMEOUT = Duration.ofSeconds(30);

    /** A dead letter is larger than its event: the sidecar adds the key twice, escaped (pubsub-kafka.yaml). */
    private static final Map<String, Map<String, String>> CONFIGS =
            Map.of(Topic.DEAD_LETTER_QUEUE.wireName(), Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, "8388608"));

    private final JavaHome java;
    private final Path dataDir;
    private final Path logFile;
    private final int port;
    private final List<String> jvmOptions;

    private KafkaBroker(JavaHome java, Path dataDir, Path logFile, int port, List<String> jvmOptions) {
        this.java = java;
        this.dataDir = dataDir;
        this.logFile = logFile;
        this.port = port;
        this.jvmOptions = List.copyOf(jvmOptions);
    }

    /** Starts a broker on the data folder, which is formatted if it is missing, and waits until it is ready. */
    public static KafkaBroker start(Path dataDir, Path logFile, int port) {
        return start(dataDir, logFile, port, QUICK_START);
    }

    /**
     * Starts a broker with options of the JVM beside those for its memory.
     *
     * @param jvmOptions none for a broker that runs long enough to be compiled well
     */
    public static KafkaBroker start(Path dataDir, Path logFile, int port, List<String> jvmOptions) {
        try {
            Files.createDirectories(dataDir);
            Path data = dataDir.toAbsolutePath();
            KafkaBroker broker = new KafkaBroker(JavaHome.locate(), data, logFile.toAbsolutePath(), port, jvmOptions);
            broker.restart();
            return broker;
        } catch (IOException e) {
            throw new UncheckedIOException("Could not prepare the broker in " + dataDir, e);
        }
    }

    /** Returns the {@code bootstrap.servers} of clients. */
    public String bootstrap() {
        return HOST + ":" + port;
    }

    /** Creates missing topics and adds missing partitions to existing ones. */
    public void createTopics(Map<String, Integer> partitionsByTopic) {
        createTopics(bootstrap(), partitionsByTopic);
    }

    /** Returns the names of all topics except internal ones. */
    public Set<String> topics() {
        try (Admin admin = admin(bootstrap())) {
            return admin.listTopics().names().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Could not list the topics of " + bootstrap(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static void createTopics(String bootstrap, Map<String, Integer> partitionsByTopic) {
        try (Admin admin = admin(bootstrap)) {
            Set<String> existing = admin.listTopics().names().get();
            List<NewTopic> missing = new ArrayList<>();
            Map<String, NewPartitions> larger = new HashMap<>();
            List<String> known = partitionsByTopic.keySet().stream()
                    .filter(existing::contains)
                    .toList();
            admin.describeTopics(known).allTopicNames().get().forEach((topic, description) -> {
                int wanted = partitionsByTopic.getOrDefault(topic, 0);
                if (description.partitions().size() < wanted) {
                    larger.put(topic, NewPartitions.increaseTo(wanted));
                }
            });
            partitionsByTopic.forEach((topic, partitions) -> {
                if (!existing.contains(topic)) {
                    missing.add(new NewTopic(topic, partitions, (short) 1));
                }
            });
            admin.createPartitions(larger).all().get();
            admin.createTopics(missing).all().get();
            configure(admin, partitionsByTopic.keySet());
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) { // somebody else was faster: as good as ours
                throw new IllegalStateException("Could not create topics " + partitionsByTopic, e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void configure(Admin admin, Set<String> topics) throws ExecutionException, InterruptedException {
        Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
        CONFIGS.forEach((topic, config) -> {
            if (topics.contains(topic)) {
                changes.put(
                        new ConfigResource(ConfigResource.Type.TOPIC, topic),
                        config.entrySet().stream()
                                .map(entry -> new AlterConfigOp(
                                        new ConfigEntry(entry.getKey(), entry.getValue()), AlterConfigOp.OpType.SET))
                                .toList());
            }
        });
        admin.incrementalAlterConfigs(changes).all().get();
    }

    private static Admin admin(String bootstrap) {
        return Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                (int) ADMIN_TIMEOUT.toMillis()));
    }

    @Override
    ManagedProcess launch() {
        Path properties = writeProperties();
        if (!Files.isRegularFile(dataDir.resolve("log/meta.properties"))) {
            format(properties);
        }
        return jvm("kafka", List.of("kafka.Kafka", properties.toString()))
                .readyWhen(Readiness.logLine("Kafka Server started"), Duration.ofSeconds(60))
                .stopGrace(Duration.ofSeconds(20))
                .start()
                .awaitReady();
    }

    /** Each start uses a new port for the controller, which only the broker itself uses. */
    private Path writeProperties() {
        int controller = Ports.free();
        String properties =
                resource("kafka-broker.properties") + """

                listeners=PLAINTEXT://%1$s:%2$d,CONTROLLER://%1$s:%3$d
                advertised.listeners=PLAINTEXT://%1$s:%2$d
                controller.quorum.voters=1@%1$s:%3$d
                log.dirs=%4$s
                """.formatted(HOST, port, controller, dataDir.resolve("log"));
        try {
            Files.writeString(dataDir.resolve("log4j2.properties"), resource("kafka-broker-log4j2.properties"));
            return Files.writeString(dataDir.resolve("server.properties"), properties);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not prepare the broker in " + dataDir, e);
        }
    }

    /** A fixed cluster id, which tools need not query. */
    private void format(Path properties) {
        ManagedProcess format = jvm(
                        "kafka format",
                        List.of(
                                "kafka.tools.StorageTool",
                                "format",
                                "-t",
                                "VGlkaW5ncy1kZXZraXQtMQ",
                                "-c",
                                properties.toString()))
                .start();
        int exitCode = format.onExit().join();
        if (exitCode != 0) {
            throw new ProcessFailedException("Formatting the broker's folder ended with exit code %d:\n%s"
                    .formatted(exitCode, format.logSinceStart()));
        }
    }

    private ManagedProcess.Builder jvm(String name, List<String> mainAndArguments) {
        List<String> command = new ArrayList<>(List.of(
                java.java().toString(),
                "-Xms64m",
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "-Dlog4j2.configurationFile=" + dataDir.resolve("log4j2.properties"),
                "-cp",
                classPath()));
        command.addAll(1, jvmOptions);
        command.addAll(mainAndArguments);
        return ManagedProcess.named(name)
                .command(command)
                .withoutEnv("JAVA_TOOL_OPTIONS", "CLASSPATH")
                .directory(dataDir)
                .log(logFile);
    }

    private static String classPath() {
        String configured = System.getProperty("tidings.kafka.classpath");
        if (configured != null) {
            return configured;
        }
        String classPath = resource(CLASS_PATH_RESOURCE).strip();
        for (String jar : classPath.split(File.pathSeparator, -1)) {
            if (!Files.isRegularFile(Path.of(jar))) {
                throw new IllegalStateException(
                        "The broker's jar " + jar + " is gone. Run `mvn -pl devkit/kafka-broker package`,"
                                + " which fetches the jars and writes the list anew.");
            }
        }
        return classPath;
    }

    private static String resource(String name) {
        try (InputStream content = KafkaBroker.class.getResourceAsStream(name)) {
            if (content == null) {
                throw new IllegalStateException("No resource " + name + "; was the module devkit/kafka-broker built?");
            }
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
