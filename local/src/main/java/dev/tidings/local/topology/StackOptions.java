package dev.tidings.local.topology;

import dev.tidings.local.supervision.LocalState;
import dev.tidings.topology.App;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a stack is told. Values never change: each {@code with} method returns new options.
 *
 * @param projectRoot the checkout, whose build the services run from
 * @param folder data, logs and state of this stack
 * @param replicas of the WebSocket service
 * @param services whether the services and their sidecars belong to it; otherwise PostgreSQL, Redis and Kafka only
 * @param workers those of the stack
 * @param components the folder of the Dapr files
 * @param examples whether the services in {@code examples} belong to it
 * @param insecure the development switch of the WebSocket service: a bare {@code user_id} is believed
 * @param environment further variables by part ({@code websocket-service-2}) or by service ({@code websocket-service}, all its
 *     replicas); the part's win
 */
public record StackOptions(
        Path projectRoot,
        Path folder,
        PortPlan ports,
        int replicas,
        boolean services,
        List<App> workers,
        Path components,
        boolean examples,
        boolean insecure,
        Map<String, Map<String, String>> environment) {

    /** Below the checkout too. */
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
        environment = Map.copyOf(environment);
    }

    /** As {@code ./run} starts it. */
    public static StackOptions standard(Path projectRoot) {
        return new StackOptions(
                projectRoot,
                projectRoot.resolve(LocalState.FOLDER),
                PortPlan.standard(),
                DEFAULT_REPLICAS,
                true,
                App.workers(),
                projectRoot.resolve(COMPONENTS),
                false,
                false,
                Map.of());
    }

    /** On free ports in a folder of its own, beside whatever else runs, and without workers: for tests. */
    public static StackOptions isolated(Path projectRoot, Path folder) {
        return new StackOptions(
                projectRoot,
                folder,
                PortPlan.free(),
                DEFAULT_REPLICAS,
                true,
                List.of(),
                projectRoot.resolve(COMPONENTS),
                false,
                false,
                Map.of());
    }

    public StackOptions withPorts(PortPlan other) {
        return new StackOptions(
                projectRoot, folder, other, replicas, services, workers, components, examples, insecure, environment);
    }

    public StackOptions withReplicas(int count) {
        return new StackOptions(
                projectRoot, folder, ports, count, services, workers, components, examples, insecure, environment);
    }

    /** PostgreSQL, Redis and Kafka only: somebody else starts the services. */
    public StackOptions withoutServices() {
        return new StackOptions(
                projectRoot, folder, ports, replicas, false, workers, components, examples, insecure, environment);
    }

    /** All of them. */
    public StackOptions withWorkers() {
        return new StackOptions(
                projectRoot,
                folder,
                ports,
                replicas,
                services,
                App.workers(),
                components,
                examples,
                insecure,
                environment);
    }

    public StackOptions withInsecure(boolean allowed) {
        return new StackOptions(
                projectRoot, folder, ports, replicas, services, workers, components, examples, allowed, environment);
    }

    /** Other Dapr files, for instance with a further topic. */
    public StackOptions withComponents(Path folder) {
        return new StackOptions(
                projectRoot, this.folder, ports, replicas, services, workers, folder, examples, insecure, environment);
    }

    public StackOptions withExamples(boolean wanted) {
        return new StackOptions(
                projectRoot, folder, ports, replicas, services, workers, components, wanted, insecure, environment);
    }

    /** For every process of a service, or for one part; see {@link #environment()}. */
    public StackOptions withEnv(String serviceOrPart, String name, String value) {
        Map<String, String> variables = new LinkedHashMap<>(environment.getOrDefault(serviceOrPart, Map.of()));
        variables.put(name, value);
        Map<String, Map<String, String>> all = new LinkedHashMap<>(environment);
        all.put(serviceOrPart, Map.copyOf(variables));
        return new StackOptions(
                projectRoot, folder, ports, replicas, services, workers, components, examples, insecure, all);
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
