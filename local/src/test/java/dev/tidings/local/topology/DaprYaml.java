package dev.tidings.local.topology;

import dev.tidings.devkit.ProjectRoot;
import dev.tidings.local.supervision.StackEvents;
import dev.tidings.topology.App;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The content of {@code dapr.yaml}, which describes the services for the Dapr CLI (dapr/cli, {@code pkg/standalone/run.go}). */
public final class DaprYaml {

    private static final String MARKER = "Edit the topology instead.\n";

    /** The variables of a single process. All others are equal for all services and come from the shell. */
    private static final List<String> OWN =
            List.of("TIDINGS_WORKER", "TIDINGS_REPLICA_NAME", "TIDINGS_INTERNAL_PORT", "TIDINGS_INTERNAL_ADDRESS");

    private DaprYaml() {}

    /** Writes it, in the checkout of the working directory. */
    public static void main(String[] args) throws IOException {
        Path folder = Files.createTempDirectory("dapr-yaml");
        Files.writeString(file(), content(folder));
    }

    static Path file() {
        return ProjectRoot.find().resolve("dapr.yaml");
    }

    /** @param folder for the stack that is described and not started */
    static String content(Path folder) throws IOException {
        String text = Files.readString(file());
        PortPlan ports = PortPlan.standard();
        StackOptions options = StackOptions.isolated(ProjectRoot.find(), folder)
                .withPorts(ports)
                .withWorkers(App.workers());
        try (LocalStack stack = new LocalStack(options, StackEvents.toStandardError())) {
            return stack.services().stream()
                    .map(service -> app(service, ports))
                    .collect(Collectors.joining(
                            "\n", text.substring(0, text.indexOf(MARKER) + MARKER.length()) + "apps:\n", ""));
        }
    }

    private static String app(ServiceSpec service, PortPlan ports) {
        TreeMap<String, String> environment = new TreeMap<>(service.environment());
        environment.keySet().retainAll(OWN);
        environment.put("SERVER_PORT", Integer.toString(service.port()));
        environment.put("TIDINGS_DB_USER", service.role().wireName());
        environment.put("TIDINGS_DB_PASSWORD", service.role().wireName());
        return """
                  - appID: %s
                    appDirPath: %s
                    appPort: %d
                    daprHTTPPort: %d
                    daprGRPCPort: %d
                    env:
                %s    command: ["sh", "-c", "exec java -Xmx%s -jar target/%s-*.jar"]
                """.formatted(
                        service.service(),
                        service.module(),
                        service.port(),
                        ports.sidecarHttp(service.port()),
                        ports.sidecarGrpc(service.port()),
                        environment.entrySet().stream()
                                .map(variable -> "      %s: \"%s\"\n".formatted(variable.getKey(), variable.getValue()))
                                .collect(Collectors.joining()),
                        service.maxHeap(),
                        service.module());
    }
}
