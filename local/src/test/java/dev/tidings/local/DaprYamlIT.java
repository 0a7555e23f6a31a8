package dev.tidings.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tidings.devkit.ProjectRoot;
import dev.tidings.local.StandIns.Ear;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code dapr.yaml} is a second description of the services for the Dapr CLI; it must not drift from the first. Its fields are those of the
 * CLI's run template (dapr/cli, {@code pkg/standalone/run.go}).
 */
class DaprYamlIT {

    record DaprYaml(int version, Common common, List<App> apps) {}

    record Common(List<String> resourcesPaths, String configFilePath) {}

    record App(
            String appID,
            String appDirPath,
            int appPort,
            int daprHTTPPort,
            int daprGRPCPort,
            Map<String, String> env,
            List<String> command) {}

    /** Told each replica on its own; the other variables are the same for all and come from the shell. */
    private static final List<String> OWN =
            List.of("TIDINGS_WORKER", "TIDINGS_REPLICA_NAME", "TIDINGS_INTERNAL_PORT", "TIDINGS_INTERNAL_ADDRESS");

    @TempDir
    Path folder;

    private final Path root = ProjectRoot.find();
    private DaprYaml yaml = new DaprYaml(0, new Common(List.of(), ""), List.of());

    @BeforeEach
    void read() throws IOException {
        Object content = new Yaml().load(Files.readString(root.resolve("dapr.yaml")));
        // No field but those above: the CLI passes over what it does not know, and a misspelt one would go unnoticed.
        yaml = JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build()
                .convertValue(content, DaprYaml.class);
    }

    @Test
    void itDescribesTheServicesOfTheStack() {
        PortPlan ports = PortPlan.standard();
        StackOptions options =
                StackOptions.isolated(root, folder).withPorts(ports).withWorkers();

        try (LocalStack stack = new LocalStack(options, new Ear())) {
            assertThat(yaml.apps())
                    .extracting(
                            App::appID,
                            App::appDirPath,
                            App::appPort,
                            App::daprHTTPPort,
                            App::daprGRPCPort,
                            app -> app.command().getLast())
                    .containsExactlyElementsOf(stack.services().stream()
                            .map(service -> tuple(
                                    service.service(),
                                    service.module(),
                                    service.port(),
                                    stack.part(service.sidecar()).port(),
                                    ports.sidecarGrpc(service.port()),
                                    "exec java -Xmx%s -jar target/%s-*.jar"
                                            .formatted(service.maxHeap(), service.module())))
                            .toList());
            assertThat(yaml.apps())
                    .extracting(app -> own(app.env()))
                    .containsExactlyElementsOf(stack.services().stream()
                            .map(service -> own(service.environment()))
                            .toList());
        }
    }

    @Test
    void itsFoldersAndFilesExist() {
        assertThat(root.resolve(yaml.common().resourcesPaths().getFirst())).isDirectory();
        assertThat(root.resolve(yaml.common().configFilePath())).isRegularFile();
        assertThat(yaml.apps())
                .allSatisfy(app -> assertThat(root.resolve(app.appDirPath()).resolve("pom.xml"))
                        .isRegularFile());
    }

    private static Map<String, String> own(Map<String, String> environment) {
        Map<String, String> own = new TreeMap<>(environment);
        own.keySet().retainAll(OWN);
        return own;
    }
}
