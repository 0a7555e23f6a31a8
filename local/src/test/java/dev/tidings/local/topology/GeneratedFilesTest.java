package dev.tidings.local.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.devkit.ProjectRoot;
import dev.tidings.local.supervision.StackEvents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code dapr.yaml} describes the services for the Dapr CLI (dapr/cli, {@code pkg/standalone/run.go}). {@code make generated} writes it. */
class GeneratedFilesTest {

    private static final Path FILE = ProjectRoot.find().resolve("dapr.yaml");
    private static final String MARKER = "Edit the topology instead.\n";

    /** The variables of a single process. All others are equal for all services and come from the shell. */
    private static final List<String> OWN =
            List.of("TIDINGS_WORKER", "TIDINGS_REPLICA_NAME", "TIDINGS_INTERNAL_PORT", "TIDINGS_INTERNAL_ADDRESS");

    @TempDir
    Path folder;

    @Test
    void daprYamlDescribesTheServicesOfTheStack() throws IOException {
        String text = Files.readString(FILE);
        String head = text.substring(0, text.indexOf(MARKER) + MARKER.length());
        PortPlan ports = PortPlan.standard();
        StackOptions options = StackOptions.isolated(ProjectRoot.find(), folder)
                .withPorts(ports)
                .withWorkers();
        String apps;
        try (LocalStack stack = new LocalStack(options, StackEvents.toStandardError())) {
            apps = stack.services().stream()
                    .map(service -> app(service, ports))
                    .collect(Collectors.joining("\n", "apps:\n", ""));
        }

        if (Boolean.getBoolean("tidings.generated.write")) {
            Files.writeString(FILE, head + apps);
            return;
        }
        assertThat(FILE).as("written from the topology: run `make generated`").hasContent(head + apps);
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
