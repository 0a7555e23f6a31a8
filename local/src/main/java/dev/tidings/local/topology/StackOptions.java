package dev.tidings.local.topology;

import dev.tidings.local.supervision.LocalState;
import dev.tidings.topology.App;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The options of a stack. Immutable: each {@code with} method returns new options.
 *
 * @param projectRoot the checkout whose build the services run
 * @param folder for data, logs and state of this stack
 * @param replicas number of replicas of the WebSocket service, from 0 to 20
 * @param services whether to start the services and their sidecars; otherwise only PostgreSQL, Redis and Kafka
 * @param workers the workers to start
 * @param components the folder of the Dapr files
 * @param examples whether to start the services in {@code examples}
 * @param insecure the development switch of the WebSocket service, which then accepts a bare {@code user_id}
 * @param imageFlags whether the services run with the JVM flags and the memory of the images, and PostgreSQL counts its statements
 *     ({@code pg_stat_statements}); for measuring
 * @param environment further variables by part ({@code websocket-service-2}) or by service ({@code websocket-service}, for all its
 *     replicas); the part's variables override the service's
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
        boolean imageFlags,
        Map<String, Map<String, String>> environment) {

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
        environment = Map.copyOf(environment);
    }

    /** The options of {@code ./run}. */
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
                false,
                Map.of());
    }

    /** For tests: free ports, a folder of its own, and no workers. */
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
                false,
                Map.of());
    }

    public StackOptions withPorts(PortPlan other) {
        return new StackOptions(
                projectRoot,
                folder,
                other,
                replicas,
                services,
                workers,
                components,
                examples,
                insecure,
                imageFlags,
                environment);
    }

    public StackOptions withReplicas(int count) {
        return new StackOptions(
                projectRoot,
                folder,
                ports,
                count,
                services,
                workers,
                components,
                examples,
                insecure,
                imageFlags,
                environment);
    }

    /** Only PostgreSQL, Redis and Kafka; another program starts the services. */
    public StackOptions withoutServices() {
        return new StackOptions(
                projectRoot,
                folder,
                ports,
                replicas,
                false,
                workers,
                components,
                examples,
                insecure,
                imageFlags,
                environment);
    }

    /** With all workers. */
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
                imageFlags,
                environment);
    }

    public StackOptions withInsecure(boolean allowed) {
        return new StackOptions(
                projectRoot,
                folder,
                ports,
                replicas,
                services,
                workers,
                components,
                examples,
                allowed,
                imageFlags,
                environment);
    }

    /** With other Dapr files, for instance with a further topic. */
    public StackOptions withComponents(Path folder) {
        return new StackOptions(
                projectRoot,
                this.folder,
                ports,
                replicas,
                services,
                workers,
                folder,
                examples,
                insecure,
                imageFlags,
                environment);
    }

    public StackOptions withExamples(boolean wanted) {
        return new StackOptions(
                projectRoot,
                folder,
                ports,
                replicas,
                services,
                workers,
                components,
                wanted,
                insecure,
                imageFlags,
                environment);
    }

    /** For measuring: with the JVM flags and the memory of the images, and {@code pg_stat_statements} in PostgreSQL. */
    public StackOptions withImageFlags() {
        return new StackOptions(
                projectRoot,
                folder,
                ports,
                replicas,
                services,
                workers,
                components,
                examples,
                insecure,
                true,
                environment);
    }

    /** Sets a variable for every process of a service, or for one part; see {@link #environment()}. */
    public StackOptions withEnv(String serviceOrPart, String name, String value) {
        Map<String, String> variables = new LinkedHashMap<>(environment.getOrDefault(serviceOrPart, Map.of()));
        variables.put(name, value);
        Map<String, Map<String, String>> all = new LinkedHashMap<>(environment);
        all.put(serviceOrPart, Map.copyOf(variables));
        return new StackOptions(
                projectRoot,
                folder,
                ports,
                replicas,
                services,
                workers,
                components,
                examples,
                insecure,
                imageFlags,
                all);
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
