package dev.tidings.local.topology;

import dev.tidings.local.supervision.LocalState;
import dev.tidings.topology.App;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The options of a stack. Immutable: each {@code with} method returns new options.
 *
 * @param projectRoot the checkout whose build the services run
 * @param folder for data, logs and state of this stack
 * @param replicas number of replicas of the WebSocket service, from 0 to 20
 * @param workers the workers to start
 * @param components the folder of the Dapr files
 * @param environment further variables by part ({@code websocket-service-2}) or by service ({@code websocket-service}, for all its
 *     replicas); the part's variables override the service's
 */
public record StackOptions(
        Path projectRoot,
        Path folder,
        PortPlan ports,
        int replicas,
        List<App> workers,
        Path components,
        Set<Switch> switches,
        Map<String, Map<String, String>> environment) {

    /** What is on or off. */
    public enum Switch {
        /** Starts only PostgreSQL, Redis and Kafka; another program starts the services and their sidecars. */
        WITHOUT_SERVICES,
        /** Runs all workers in one process; each keeps its port, sidecar, consumer group and database role. */
        WORKERS_IN_ONE_PROCESS,
        /** Starts the services in {@code examples}. */
        EXAMPLES,
        /** The development switch of the WebSocket service, which then accepts a bare {@code user_id}. */
        INSECURE,
        /**
         * For measuring: the services run with the JVM flags and the memory of the images, and PostgreSQL counts its statements ({@code
         * pg_stat_statements}).
         */
        IMAGE_FLAGS
    }

    /** Below the checkout. */
    private static final String COMPONENTS = "dapr-components";

    public static final int DEFAULT_REPLICAS = 2;

    public StackOptions {
        projectRoot = projectRoot.toAbsolutePath().normalize();
        folder = folder.toAbsolutePath().normalize();
        components = components.toAbsolutePath().normalize();
        if (replicas < 0 || replicas > 20) {
            throw new IllegalArgumentException("replicas must be from 0 to 20, not " + replicas);
        }
        workers = List.copyOf(workers);
        switches = Set.copyOf(switches);
        environment = Map.copyOf(environment);
    }

    /** The options of {@code ./run}. */
    public static StackOptions standard(Path projectRoot) {
        return isolated(projectRoot, projectRoot.resolve(LocalState.FOLDER))
                .withPorts(PortPlan.standard())
                .withWorkers(App.workers())
                .with(Switch.WORKERS_IN_ONE_PROCESS);
    }

    /** For tests: free ports, a folder of its own, and no workers. */
    public static StackOptions isolated(Path projectRoot, Path folder) {
        return new StackOptions(
                projectRoot,
                folder,
                PortPlan.free(),
                DEFAULT_REPLICAS,
                List.of(),
                projectRoot.resolve(COMPONENTS),
                Set.of(),
                Map.of());
    }

    /** Whether it starts the services and their sidecars. */
    public boolean services() {
        return !has(Switch.WITHOUT_SERVICES);
    }

    public boolean has(Switch wanted) {
        return switches.contains(wanted);
    }

    /** With the switch on. */
    public StackOptions with(Switch on) {
        return with(on, true);
    }

    public StackOptions with(Switch changed, boolean on) {
        Set<Switch> all = EnumSet.noneOf(Switch.class);
        all.addAll(switches);
        if (on) {
            all.add(changed);
        } else {
            all.remove(changed);
        }
        return new StackOptions(projectRoot, folder, ports, replicas, workers, components, all, environment);
    }

    public StackOptions withPorts(PortPlan other) {
        return new StackOptions(projectRoot, folder, other, replicas, workers, components, switches, environment);
    }

    public StackOptions withReplicas(int count) {
        return new StackOptions(projectRoot, folder, ports, count, workers, components, switches, environment);
    }

    public StackOptions withWorkers(List<App> others) {
        return new StackOptions(projectRoot, folder, ports, replicas, others, components, switches, environment);
    }

    /** With other Dapr files, for instance with a further topic. */
    public StackOptions withComponents(Path others) {
        return new StackOptions(projectRoot, folder, ports, replicas, workers, others, switches, environment);
    }

    /** Sets a variable for every process of a service, or for one part; see {@link #environment()}. */
    public StackOptions withEnv(String serviceOrPart, String name, String value) {
        Map<String, String> variables = new LinkedHashMap<>(environment.getOrDefault(serviceOrPart, Map.of()));
        variables.put(name, value);
        Map<String, Map<String, String>> all = new LinkedHashMap<>(environment);
        all.put(serviceOrPart, Map.copyOf(variables));
        return new StackOptions(projectRoot, folder, ports, replicas, workers, components, switches, all);
    }

    public Path data() {
        return folder.resolve("data");
    }

    public Path logs() {
        return folder.resolve("logs");
    }

    /** The file with the variables that a shell needs to start the services itself. */
    public Path shellEnvironment() {
        return data().resolve("environment");
    }

    Path log(String part) {
        return logs().resolve(part + ".log");
    }
}
