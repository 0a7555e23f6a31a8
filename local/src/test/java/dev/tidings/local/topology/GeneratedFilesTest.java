package dev.tidings.local.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The generated files are up to date. {@code make generated} writes them. */
class GeneratedFilesTest {

    @TempDir
    Path folder;

    @Test
    void daprYamlDescribesTheServicesOfTheStack() throws IOException {
        String content = DaprYaml.content(folder);
        if (Boolean.getBoolean("tidings.generated.write")) {
            Files.writeString(DaprYaml.file(), content);
            return;
        }
        assertThat(DaprYaml.file())
                .as("written from the topology: run `make generated`")
                .hasContent(content);
    }
}
