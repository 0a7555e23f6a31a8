package dev.tidings.charts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The generated files are up to date. {@code make generated} writes them. */
class GeneratedFilesTest {

    private static final boolean WRITE = Boolean.getBoolean("tidings.generated.write");

    @ParameterizedTest
    @MethodSource
    void filesRepeatTheTopology(Path file, String content) throws IOException {
        if (WRITE) {
            Files.writeString(file, content);
            return;
        }
        assertThat(file).as("written from the topology: run `make generated`").hasContent(content);
    }

    static Stream<Arguments> filesRepeatTheTopology() {
        return TopologyFiles.all().entrySet().stream().map(file -> Arguments.of(file.getKey(), file.getValue()));
    }

    @Test
    void theReadmeTellsEverySetting() throws IOException {
        Path readme = Chart.TIDINGS.resolve("README.md");
        if (WRITE) {
            Files.writeString(readme, Readme.content());
            return;
        }
        assertThat(readme)
                .as("made from values and schema: run `make generated`")
                .hasContent(Readme.content());
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
}
