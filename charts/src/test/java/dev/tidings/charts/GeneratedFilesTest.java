package dev.tidings.charts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.devkit.ProjectRoot;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Files that are made from others are up to date. {@code make charts} makes them. */
class GeneratedFilesTest {

    private static final boolean WRITE = Boolean.getBoolean("tidings.charts.write");

    @Test
    void theChartHasTheFilesOfDaprComponents() throws IOException {
        Map<Path, String> copies = files(Chart.TIDINGS.resolve("files/dapr"));
        Map<Path, String> sources = files(ProjectRoot.find().resolve("dapr-components"));
        if (WRITE) {
            for (Path gone : copies.keySet()) {
                Files.delete(Chart.TIDINGS.resolve("files/dapr").resolve(gone));
            }
            for (Map.Entry<Path, String> source : sources.entrySet()) {
                Files.writeString(Chart.TIDINGS.resolve("files/dapr").resolve(source.getKey()), source.getValue());
            }
            return;
        }
        assertThat(copies)
                .as("charts/tidings/files/dapr is a copy of dapr-components: run `make charts`")
                .isEqualTo(sources);
    }

    @Test
    void theReadmeTellsEverySetting() throws IOException {
        Path readme = Chart.TIDINGS.resolve("README.md");
        if (WRITE) {
            Files.writeString(readme, Readme.content());
            return;
        }
        assertThat(readme).as("made from values and schema: run `make charts`").hasContent(Readme.content());
    }

    @Test
    void everySettingIsDescribed() {
        JsonNode schema = Yaml.JSON.readTree(Yaml.text(Chart.TIDINGS.resolve("values.schema.json")));
        JsonNode values = Yaml.file(Chart.TIDINGS.resolve("values.yaml"));

        assertThat(values.propertyNames())
                .allSatisfy(name -> assertThat(schema.path("properties")
                                .path(name)
                                .path("description")
                                .asString(""))
                        .as(name)
                        .isNotEmpty());
    }

    /** Those of the folder itself, as the sidecar reads it. */
    private static Map<Path, String> files(Path folder) throws IOException {
        Map<Path, String> files = new TreeMap<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, "*.yaml")) {
            for (Path file : all) {
                files.put(file.getFileName(), Yaml.text(file));
            }
        }
        return files;
    }
}
