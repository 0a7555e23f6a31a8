package dev.tidings.devkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DaprdBinaryIT {

    private static final String CONFIGURED = "tidings.daprd";

    private final List<String> progress = new ArrayList<>();

    @TempDir
    private Path folder;

    @AfterEach
    void forgetTheConfiguredOne() {
        System.clearProperty(CONFIGURED);
    }

    @Test
    void theConfiguredOneGoesBeforeAllOthers() throws IOException {
        Path configured = daprdThatReports("1.18.9");
        System.setProperty(CONFIGURED, configured.toString());

        DaprdBinary found = DaprdBinary.locate(progress::add);

        assertThat(found.path()).isEqualTo(configured);
        assertThat(progress).singleElement().asString().contains("1.18.9", "configured");
    }

    @Test
    void oneThatIsTooOldIsNamedAndTheSearchGoesOn() throws IOException {
        Path old = daprdThatReports("1.18.1");
        System.setProperty(CONFIGURED, old.toString());

        DaprdBinary found = DaprdBinary.locate(progress::add);

        assertThat(found.path()).isNotEqualTo(old);
        assertThat(progress.getFirst()).contains("1.18.1", "older than 1.18.3", "not taken");
    }

    @Test
    void aConfiguredPathWithoutAProgramIsAMistakeToReport() {
        System.setProperty(CONFIGURED, folder.resolve("nothing").toString());

        assertThatThrownBy(() -> DaprdBinary.locate(progress::add)).hasMessageContaining("no executable file");
    }

    private Path daprdThatReports(String version) throws IOException {
        Path script = Files.writeString(folder.resolve("daprd"), "#!/bin/sh\necho " + version + "\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        return script;
    }
}
